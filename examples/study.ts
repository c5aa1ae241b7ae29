// Studies a file and prints what a marketer would ask first. Run it from the checkout, after `npm run build`:
//   npx tsx examples/study.ts [FILE] [OUT]
import { study } from "influencer-insights";

const [file, out = "example-report"] = process.argv.slice(2);

const { metrics, directory } = await study({
  file: file || undefined,
  out,
  force: true,
  onProgress: (event) => {
    if (event.kind === "done") console.error(`${event.step}: ${event.message}`);
  },
});

const { dataset, test_at_threshold: chosen, rule } = metrics;
console.log(`${dataset.rows} profiles of ${dataset.provider}, ${dataset.rejected} rejected`);
console.log(`of ten accounts it names, ${(10 * chosen.precision).toFixed(1)} are right`);
console.log(`of ten right ones, it finds ${(10 * chosen.recall).toFixed(1)}`);
if (rule !== null && rule.f1 > chosen.f1) {
  console.log(
    `the rule "${rule.expression}" does better (F1 ${rule.f1.toFixed(2)}): the label leaks from the inputs`,
  );
}
console.log(`open ${directory}/report.html`);
