import { LINK_PAGES } from "./linkPages.ts";

/** Hosts of other platforms. They stand by themselves: `t.me` is not part of `art.me`. */
const PLATFORM_HOSTS: readonly string[] = [
  "youtube.com, youtu.be, instagram.com, instagr.am, facebook.com, fb.com, fb.me, fb.gg, snapchat.com, twitter.com, x.com, twitch.tv",
  "threads.net, threads.com, pinterest.com, pin.it, linkedin.com, reddit.com, discord.gg, discord.com, vk.com, ok.ru, kick.com",
  "likee.video, kwai.com, weibo.com, bilibili.com, douyin.com, trovo.live, spotify.com, spotify.link, soundcloud.com, deezer.com",
  "music.apple.com, podcasts.apple.com, audiomack.com, bandcamp.com, patreon.com, onlyfans.com, fansly.com, ko-fi.com, buymeacoffee.com",
  "wattpad.com, tumblr.com, behance.net, medium.com, substack.com, tiktok.com",
].flatMap((line) => line.split(", "));

/** Hosts of messengers, and what an address of electronic mail has in it. */
const MESSAGING_HOSTS: readonly string[] = [
  "wa.me, wa.link, whatsapp.com, t.me, telegram.me, telegram.org, m.me, lin.ee, line.me, viber.com, zalo.me, signal.me, ngl.link",
  "mailto, gmail.com, hotmail.com, outlook.com, yahoo.com, icloud.com, mail.ru",
].flatMap((line) => line.split(", "));

/** Where another account of the same person is: on a platform or in a messenger. What leads to none of these leads to a site. */
export const ACCOUNT_HOSTS: readonly string[] = [...PLATFORM_HOSTS, ...MESSAGING_HOSTS];

/** Pages of links, and addresses cut short, which say nothing of where they lead: no sites either. */
export const KNOWN_PAGES: readonly string[] = [...LINK_PAGES, "bit.ly", "tinyurl.", "cutt.ly", "goo.gl"];
