/** Type, links and the frame of the page. */
export const base = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth;scroll-padding-top:1.5rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}*{transition:none!important;animation:none!important}}
body{margin:0;background:var(--paper);color:var(--text);font:400 1.0625rem/1.65 var(--sans);overflow-wrap:break-word;text-rendering:optimizeLegibility}
:root{--sans:Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;--measure:42rem}
h1,h2,h3{line-height:1.2;text-wrap:balance;font-weight:600;margin:0}
h1{font-size:clamp(1.75rem,1.1rem + 2.9vw,2.75rem);letter-spacing:-.028em;line-height:1.12}
h2{font-size:clamp(1.375rem,1.15rem + 1vw,1.75rem);letter-spacing:-.02em;margin-bottom:1.25rem}
h3{font-size:1.125rem;letter-spacing:-.01em;margin:2.25rem 0 .6rem}
p,ul,ol,dl{margin:0 0 1.1rem}
p,li{text-wrap:pretty}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.18em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:3px}
main:focus{outline:none}
code{font:.875em/1.5 var(--mono);background:var(--tint);border-radius:4px;padding:.1em .32em;overflow-wrap:anywhere;-webkit-box-decoration-break:clone;box-decoration-break:clone}
strong{font-weight:600}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:-4rem;background:var(--card);padding:.6rem 1rem;border-radius:6px;z-index:3}
.skip:focus{top:1rem}
.sheet{max-width:44.5rem;margin:0 auto;padding:1.25rem clamp(1rem,4vw,2rem) 4rem}
section{margin-top:4.5rem}

h2 .anchor{color:inherit;text-decoration:none}
h2 .anchor:hover{text-decoration:underline;text-decoration-thickness:2px}
button.theme{flex:none;font:500 .8125rem/1 var(--sans);color:var(--text);background:var(--card);border:1px solid var(--line-strong);border-radius:999px;padding:.6rem .95rem .6rem 2.4rem;cursor:pointer;position:relative}
button.theme[hidden]{display:none}
button.theme:hover{border-color:var(--text)}
button.theme::before{content:"";position:absolute;left:.9rem;top:50%;width:.95rem;height:.95rem;margin-top:-.475rem;border-radius:50%;border:1.5px solid currentColor;background:linear-gradient(90deg,currentColor 50%,transparent 50%)}
button.theme[aria-pressed="true"]::before{transform:rotate(180deg)}
.contents{font-size:.9375rem;line-height:1.4;border-top:1px solid var(--line);border-bottom:1px solid var(--line);padding:1.25rem 0 1rem;margin-top:3rem}
.contents p{font-size:.75rem;font-weight:600;letter-spacing:.08em;text-transform:uppercase;color:var(--muted);margin:0 0 .5rem}
.contents ol{list-style:none;padding:0;margin:0;columns:2 14rem;column-gap:2rem}
.contents li{break-inside:avoid}
.contents a{display:block;padding:.32rem 0;color:var(--text);text-decoration:none}
.contents a:hover{text-decoration:underline}
footer{margin-top:4.5rem;padding-top:1.25rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--muted)}
@media (min-width:1120px){
.sheet{max-width:76rem;display:grid;grid-template-columns:15rem minmax(0,44rem);column-gap:clamp(3rem,6vw,6rem);padding-top:2.5rem;justify-content:center;grid-template-rows:auto 1fr auto}
.masthead,main,footer{grid-column:2}
.contents{grid-column:1;grid-row:1/4;position:sticky;top:2.5rem;align-self:start;max-height:calc(100vh - 5rem);overflow-y:auto;padding:.45rem 0 0;margin:0;border:0}
.contents ol{columns:1}
.contents a{border-left:2px solid var(--line);padding-left:.9rem}
.contents a[aria-current]{border-color:var(--accent);color:var(--accent);font-weight:500}
}
`;
