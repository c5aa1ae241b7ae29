import type { ReactElement } from "react";
import { countInWords, NOTHING } from "../../base/words.ts";
import type { Metrics } from "../metrics.ts";
import { percent, quantity } from "../numbers.ts";
import { Table } from "../shared/Table.tsx";

type Column = Metrics["summary"]["columns"][number];

const TYPES: Readonly<Record<string, string>> = {
  VARCHAR: "text",
  BOOLEAN: "yes or no",
  BIGINT: "whole number",
  DOUBLE: "number",
  TIMESTAMP: "time",
  "TIMESTAMP[]": "times",
};

/** The columns of the profiles: how much is missing, how many different values, and where the numbers lie. */
export function ColumnsTable({
  columns,
  rows,
}: {
  readonly columns: readonly Column[];
  readonly rows: number;
}): ReactElement {
  const share = ({ missing }: Column) => (rows === 0 ? 0 : missing / rows);
  const numbers = columns.filter(({ median }) => median !== null);
  const others = columns.filter(({ median }) => median === null);
  return (
    <>
      {numbers.length > 0 && (
        <Table
          caption="Columns of numbers"
          className="columns"
          columns={["column", "missing", "different", "smallest", "5 %", "median", "95 %", "largest", "skew"]}
          rows={numbers.map((column) => ({
            key: column.name,
            cells: [
              <Name key="name" column={column} />,
              <Missing key="missing" share={share(column)} />,
              countInWords(column.distinct),
              quantity(column.min),
              quantity(column.p05),
              quantity(column.median),
              quantity(column.p95),
              quantity(column.max),
              column.skewness === null ? NOTHING : quantity(Number(column.skewness.toFixed(1))),
            ],
          }))}
        />
      )}
      {numbers.length > 0 && (
        <p className="aside">
          5 % and 95 %: that share of the accounts lies at or below the number. Skew: how much longer the
          upper tail is than the lower; 0 where they are alike.
        </p>
      )}
      {others.length > 0 && (
        <Table
          caption="Other columns"
          fit
          columns={["column", "holds", "missing", "different"]}
          words={["holds"]}
          rows={others.map((column) => ({
            key: column.name,
            cells: [
              <code key="name">{column.name}</code>,
              holds(column),
              <Missing key="missing" share={share(column)} />,
              countInWords(column.distinct),
            ],
          }))}
        />
      )}
    </>
  );
}

function holds({ type, mean }: Column): string {
  const name = TYPES[type] ?? type.toLowerCase();
  return type === "BOOLEAN" && mean !== null ? `${name}, ${percent(mean)} yes` : name;
}

function Name({ column }: { readonly column: Column }): ReactElement {
  return (
    <>
      <code>{column.name}</code>
      <span className="under">
        {holds(column)}, mean {quantity(column.mean)}
      </span>
    </>
  );
}

function Missing({ share }: { readonly share: number }): ReactElement {
  return (
    <span className="meter">
      {share === 0 ? "none" : percent(share)}
      <span className="meter-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}
