import { share, wholeCount } from "../parts/numbers.ts";
import type { DatasetSummary } from "../types.ts";

/** The columns: how much is known of each, and what is usual. */
export function Columns({ summary }: { summary: DatasetSummary }) {
  return (
    <section aria-labelledby="columns">
      <h2 id="columns">Columns</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keys too */}
      <section className="scroll" tabIndex={0} aria-label="Table of the columns">
        <table>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Known</th>
              <th scope="col" className="number">
                Lowest
              </th>
              <th scope="col" className="number">
                Median
              </th>
              <th scope="col" className="number">
                95 % are below
              </th>
              <th scope="col" className="number">
                Highest
              </th>
              <th scope="col" className="number">
                Different values
              </th>
            </tr>
          </thead>
          <tbody>
            {summary.columns.map(({ name, type, count, missing, min, median, p95, max, mean, distinct }) => {
              const known = count + missing === 0 ? 0 : count / (count + missing);
              const show = (value: number | null) =>
                value === null ? "" : type === "DOUBLE" ? share(value, 2) : wholeCount(value);
              return (
                <tr key={name}>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <td>
                    <meter value={known} aria-label={`${name} known`} /> {share(known)}
                  </td>
                  <td className="number">{show(min)}</td>
                  <td className="number">
                    {type === "BOOLEAN" && mean !== null ? `${share(mean)} yes` : show(median)}
                  </td>
                  <td className="number">{show(p95)}</td>
                  <td className="number">{show(max)}</td>
                  <td className="number">{wholeCount(distinct)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </section>
  );
}
