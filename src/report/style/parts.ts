/** What stands in the sections of the report alone: the head, matrices, bars, drawings. */
export const parts = `
.topline{display:flex;align-items:center;justify-content:space-between;gap:1rem;min-height:2.4rem;margin-bottom:1.5rem}
.topline p{font-size:.8125rem;font-weight:500;line-height:1.4;color:var(--muted);margin:0;overflow-wrap:anywhere}
.masthead h1{margin-bottom:1.5rem}
.lede{font-size:1.1875rem;line-height:1.6}
.figures-to-remember{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:1px;background:var(--card);border:1px solid var(--line);border-radius:10px;overflow:hidden;margin:2rem 0 0}
.figures-to-remember>div{background:var(--card);box-shadow:0 0 0 1px var(--line);padding:1rem 1.1rem 1.1rem}
.figures-to-remember dt{font-size:.8125rem;color:var(--muted);font-weight:500}
.figures-to-remember dd{margin:0}
.big{display:block;font-size:1.875rem;font-weight:600;letter-spacing:-.025em;line-height:1.3}
.note{display:block;font-size:.8125rem;line-height:1.4;color:var(--muted)}
.aside{font-size:.9375rem;color:var(--muted)}
.formula{margin:1.25rem 0}
.formula code{display:block;background:var(--card);border:1px solid var(--line);border-left:3px solid var(--accent);border-radius:6px;padding:.8rem 1rem;font-size:.9375rem}
.piece{display:inline-block;white-space:pre-wrap}
.matrix{width:auto}
.matrix td:last-child{padding-right:1rem}
.matrix tbody tr:last-child>*{padding-bottom:1rem}
.matrix thead th{padding-bottom:.6rem;text-align:center}
.matrix td{padding:1px;border:0;text-align:center}
.matrix tbody th{border:0;white-space:nowrap;font-weight:400;padding-block:.3rem}
.upright{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;display:inline-block;max-height:11rem}
.cell{display:block;min-width:3.1rem;padding:.4rem .3rem;border-radius:3px}
.cell.above{background:rgb(var(--positive)/calc(var(--strength)*.34))}
.cell.below{background:rgb(var(--negative)/calc(var(--strength)*.34))}
.cell.self{color:var(--muted)}
.pairs{font-size:.9375rem}
.pairs>div{display:grid;grid-template-columns:minmax(0,13rem) minmax(0,1fr);gap:.25rem 1rem;padding:.4rem 0;border-top:1px solid var(--line)}
.pairs>div:first-child{border-top:0}
.pairs dt{color:var(--muted)}
.pairs dd{margin:0;overflow-wrap:anywhere}
@media (max-width:520px){.pairs>div{grid-template-columns:1fr;gap:0}}
.long{font-size:.8125rem}
.caveats{padding-left:1.2rem}
.caveats li{margin-bottom:.75rem}
.meters{margin:1.5rem 0;padding:1rem 1.1rem 1.1rem;background:var(--card);border:1px solid var(--line);border-radius:10px}
.meters-caption{font-size:.875rem;font-weight:600;margin-bottom:.6rem}
.meters dl{margin:0}
.meters dl>div{margin-top:.55rem}
.meters dt{font-size:.875rem;color:var(--muted)}
.meters dd{margin:0;display:flex;align-items:center;gap:.8rem}
.track{flex:1;height:.75rem;border-radius:4px;background:var(--tint);overflow:hidden}
.track>span{display:block;height:100%}
.meters .value{min-width:3.6rem;text-align:right;font-weight:600;font-family:"Inter Tabular",var(--sans);white-space:nowrap}
.drawn.narrow{display:none}
@media (max-width:599px){
.plot:not(.has-narrow) .drawn{min-width:34rem}
.has-narrow .drawn.wide{display:none}
.has-narrow .drawn.narrow{display:block}
}
.canvas.is-live>.drawn{display:none!important}
.formats{display:block;margin-top:.25rem}
.formats a+a::before{content:"·";display:inline-block;padding:0 .45rem;color:var(--muted);text-decoration:none}
.tooltip{position:fixed;z-index:4;pointer-events:none;display:grid;grid-template-columns:auto auto;gap:.1rem .8rem;max-width:min(22rem,92vw);background:var(--card);color:var(--text);border:1px solid var(--line-strong);border-radius:8px;box-shadow:0 6px 20px var(--shadow);padding:.55rem .75rem;font:.8125rem/1.45 var(--sans)}
.tooltip[hidden]{display:none}
.tooltip span{color:var(--muted)}
.tooltip strong{text-align:right;font-family:"Inter Tabular",var(--sans)}
`;
