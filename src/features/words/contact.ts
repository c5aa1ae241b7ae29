/**
 * That somebody can be written to about work, in the languages of such data (the same as for the crafts). Words that stand
 * by themselves.
 */
export const CONTACT_WORDS: readonly string[] = [
  "business, business inquiries, inquiries, enquiries, collab, collabs, collaboration, collaborations, partnership, partnerships",
  "booking, bookings, contact, contact me, promo, promos, promotion, promotions, sponsor, sponsorship, mgmt, management, manager",
  "agency, press, pr, work with me, email, e-mail, mail, for work, ambassador, discount code, use code, promo code",
  "contacto, contrataciones, contratación, colaboraciones, colaboración, publicidad, negocios, correo, trabajo",
  "contato, contato comercial, parcerias, parceria, publi, comercial, assessoria, trabalho",
  "contact pro, partenariat, partenariats, collaboration, demandes, anfragen, kooperation, kooperationen, kontakt, zusammenarbeit",
  "collaborazioni, contatti, info, samenwerking, samenwerkingen, zakelijk, współpraca, kontakt",
  "iletişim, iş birliği, işbirliği, reklam, sponsorluk, tanıtım, endorse, endorsement, kerjasama, kerja sama, paid promote",
  "bisnis, iklan, liên hệ, hợp tác, công việc, quảng cáo, booking, para sa collab",
  "реклама, рекламе, рекламы, сотрудничество, сотрудничества, сотрудничеству, по вопросам, почта, менеджер, реклама и",
  "співпраця, співпраці, з питань, пошта",
].flatMap((line) => line.split(", "));

/** The same as fragments: stems, scripts with articles stuck to words or without spaces, and the emoji of letters. */
export const CONTACT_FRAGMENTS: readonly string[] = [
  "للتواصل, للإعلان, للاعلان, للإعلانات, للاعلانات, الاعلانات, الإعلانات, للتنسيق, للتعاون, تواصل, اعلانات, إعلانات, برای تبلیغات, تبلیغات, رابطہ",
  "संपर्क, सहयोग, যোগাযোগ, ติดต่อ, ติดต่องาน, รับงาน, お問い合わせ, お仕事, お仕事依頼, ご依頼, 문의, 비즈니스, 협업, 合作, 商务, 商務, 聯絡",
  "📧, 💌, ✉, 📩, 📬, 📨, 📥, 📮, ☎, 📞",
].flatMap((line) => line.split(", "));
