/** On paper: the light theme, the drawings as they were made, no controls, nothing torn apart that belongs together. */
export const print = `
@page{margin:18mm 16mm}
@media print{
html{font-size:9.25pt}
body{background:#fff;line-height:1.5}
.contents,button.theme,.skip,.tooltip,.formats{display:none!important}
.sheet{display:block;max-width:none;padding:0}
h1{font-size:2.3rem}
section{margin-top:9mm}
h2,h3,caption,.meters-caption{break-after:avoid}
figure,.scroll,.meters,.split,.figures-to-remember,.formula,tr,li,.pairs>div{break-inside:avoid}
p{orphans:3;widows:3}
.canvas.is-live>.drawn.wide,.drawn.wide{display:block!important;min-width:0!important}
.canvas>.drawn.narrow,.live{display:none!important}
.canvas,.scroll,.meters,.figures-to-remember>div{background:#fff}
.canvas,.scroll{overflow:visible}
.drawn svg{max-height:200mm;width:auto;max-width:100%}
.columns th,.columns td{padding-inline:.3rem;white-space:normal}
a{color:inherit;text-decoration:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
details:not([open]){display:none}
}
`;
