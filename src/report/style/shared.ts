/** What the report and the page show alike: tables, findings, split bars, the frame of a figure. */
export const shared = `
.whole{white-space:nowrap}
.verdict{background:var(--tint-accent);border-left:3px solid var(--accent);border-radius:6px;padding:1rem 1.15rem}
.scroll{position:relative;overflow-x:auto;margin:1.5rem 0;border:1px solid var(--line);border-radius:10px;
background:linear-gradient(90deg,var(--card) 35%,transparent) left/3rem 100% no-repeat local,linear-gradient(270deg,var(--card) 35%,transparent) right/3rem 100% no-repeat local,linear-gradient(90deg,var(--shadow),transparent) left/.8rem 100% no-repeat scroll,linear-gradient(270deg,var(--shadow),transparent) right/.8rem 100% no-repeat scroll,var(--card)}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.45;font-family:"Inter Tabular",var(--sans)}
caption{caption-side:top;text-align:left;font-weight:600;padding:.85rem 1rem .35rem}
caption span{display:inline-block;position:sticky;left:1rem;max-width:calc(100vw - 5.5rem)}
th,td{padding:.5rem .75rem;text-align:left;vertical-align:baseline;border-top:1px solid var(--line)}
thead th{font-weight:500;color:var(--muted);border-top:0;vertical-align:bottom;line-height:1.3}
tbody th{font-weight:500}
tbody th code{overflow-wrap:break-word}
table code{background:none;padding:0;font-size:.8125rem}
th:first-child,td:first-child{padding-left:1rem}
th:last-child,td:last-child{padding-right:1rem}
.numeric{text-align:right;white-space:nowrap}
thead .numeric{white-space:normal}
.under{display:block;font-size:.8125rem;font-weight:400;color:var(--muted)}
.under code{background:none;padding:0;font-size:.75rem}
tr.strong{background:var(--tint-accent)}
tr.strong .numeric{font-weight:600}
.fit{width:fit-content;max-width:100%;min-width:min(20rem,100%)}
.results th[scope=row]{min-width:11rem}
.board td,.board th{padding-inline:.42rem}
.board th:first-child{padding-left:1rem}
.board td:last-child,.board th:last-child{padding-right:.9rem}
.board .under{font-size:.75rem}
.board th[scope=row]{min-width:6rem}
.columns td,.columns th{white-space:nowrap;padding-inline:.42rem;font-size:.8125rem}
.columns th:first-child,.columns td:first-child{padding-left:1rem}
.columns th:last-child,.columns td:last-child{padding-right:.9rem}
.columns .under{font-size:.75rem}
.columns code{font-size:.75rem}
.meter{position:relative;display:inline-block;min-width:3.75rem;padding-bottom:6px;margin-bottom:-6px}
.meter-bar{position:absolute;left:0;right:0;bottom:0;height:3px;border-radius:2px;background:var(--tint);overflow:hidden}
.meter-bar>span{display:block;height:100%;background:var(--figure-orange)}
details{margin:1.25rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
details+details{border-top:0;margin-top:-1.25rem}
summary{cursor:pointer;padding:.7rem 0;font-weight:500;font-size:.9375rem}
summary:hover{color:var(--accent)}
details[open]>summary{margin-bottom:.5rem}
.alerts{list-style:none;padding:0}
.alerts li{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:.35rem 1rem;padding:.7rem 0;border-top:1px solid var(--line)}
.alerts li:first-child{border-top:0}
@media (max-width:520px){.alerts li{grid-template-columns:1fr}}
.alerts .tag{margin-top:.25rem}
.tag{font-size:.75rem;font-weight:600;line-height:1.3;border-radius:999px;padding:.22rem .65rem;justify-self:start;align-self:start;white-space:nowrap;background:var(--tint);color:var(--muted)}
.alert-warning .tag,.features .tag{background:var(--tint-warning);color:var(--warning)}
.alert-error .tag{background:var(--tint-warning);color:var(--error)}
.features{padding-left:1.6rem;font-size:.9375rem}
.features li{padding:.22rem 0}
.features li::marker{color:var(--muted);font-family:"Inter Tabular",var(--sans)}
.features .tag{display:inline-block;margin:0 0 0 .3rem;vertical-align:1px}
.features li>span:not(.tag){color:var(--muted)}
.tone-blue,.tone-right{background:var(--figure-blue)}
.tone-grey{background:var(--figure-grey)}
.tone-wrong{background:var(--figure-orange)}
.tone-missed{background:repeating-linear-gradient(135deg,var(--figure-blue) 0 3px,transparent 3px 6px);box-shadow:inset 0 0 0 1px var(--figure-blue)}
.tone-quiet{background:var(--line-strong)}
.split{margin:1.25rem 0 1.5rem}
.split-bar{display:flex;gap:2px;height:2.25rem;border-radius:6px;overflow:hidden}
.split-bar>span{flex:1 1 0;min-width:3px}
.split ul{list-style:none;padding:0;margin:.9rem 0 0;display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.35rem 1.5rem;font-size:.9375rem}
.dot{display:inline-block;width:.8rem;height:.8rem;border-radius:3px;margin-right:.45rem;vertical-align:-.05rem}
.plot{margin:2rem 0 2.25rem}
.canvas{background:var(--figure-surface);border:1px solid var(--line);border-radius:10px;padding:.5rem;overflow-x:auto;position:relative}
.drawn{margin:0 auto}
.drawn svg,.live svg{display:block;max-width:100%;height:auto;overflow:visible;margin:0 auto}
@media (max-width:599px){
table{font-size:.8125rem}
th,td{padding-inline:.55rem}
.results th[scope=row]{min-width:8.5rem}
.columns th[scope=row],.matrix th[scope=row]{position:sticky;left:0;background:var(--card);z-index:1}
.canvas{padding:.25rem}
}
.plot figcaption{font-size:.875rem;line-height:1.5;color:var(--muted);margin-top:.75rem}
`;
