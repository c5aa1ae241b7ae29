/** On paper: the light theme, the drawings as they were made, no controls, nothing torn apart that belongs together. */
export const print = `
@page{margin:18mm 16mm}
@media print{
body{background:#fff;font-size:10pt;line-height:1.5}
.contents,button.theme,.skip,.tooltip,.formats{display:none!important}
.sheet{display:block;max-width:none;padding:0}
h1{font-size:22pt}h2{font-size:15pt}h3{font-size:11.5pt}
.lede{font-size:11.5pt}
section{margin-top:9mm}
h2,h3,caption{break-after:avoid}
figure,.scroll,.meters,.split,.figures-to-remember,tr,li,.pairs>div{break-inside:avoid}
p{orphans:3;widows:3}
.canvas.is-live>.drawn.wide,.drawn.wide{display:block!important;min-width:0!important}
.canvas>.drawn.narrow,.live{display:none!important}
.canvas,.scroll,.meters,.figures-to-remember>div{background:#fff}
.canvas,.scroll{border-color:#ccc;overflow:visible}
.drawn svg{max-height:200mm;width:auto;max-width:100%}
table{font-size:7.5pt}
.columns th,.columns td{padding:.25rem .3rem;white-space:normal}
.columns code{background:none;padding:0;font-size:7pt}
a{color:inherit;text-decoration:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
details{border:0}
details:not([open]){display:none}
}
`;
