/** Drawings of 16 by 16, one stroke each. */
const PATHS = {
  close: "M4 4l8 8M12 4l-8 8",
  down: "M4 6l4 4 4-4",
  mail: "M2 4h12v8H2zM2 4.5l6 4.5 6-4.5",
  phone: "M5 1.5h6v13H5zM7.5 12.5h1",
  link: "M6.5 9.5l3-3M7 5l1.5-1.5a2.5 2.5 0 013.5 3.5L10.5 8.5M9 11l-1.5 1.5A2.5 2.5 0 014 9L5.5 7.5",
  flag: "M4 14V2.5h8L10 5.5l2 3H4",
  star: "M8 2l1.8 3.8 4.2.5-3.1 2.9.8 4.1L8 11.3l-3.7 2 .8-4.1L2 6.3l4.2-.5z",
  list: "M2.5 4h.1M2.5 8h.1M2.5 12h.1M5.5 4H14M5.5 8H14M5.5 12H14",
  export: "M8 10V2M5 5l3-3 3 3M3 9v4.5h10V9",
  filter: "M2 4h12M4.5 8h7M7 12h2",
  search: "M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.5 10.5L14 14",
  copy: "M6 6h7.5v7.5H6zM10 6V2.5H2.5V10H6",
  open: "M6 3H3v10h10v-3M9 3h4v4M13 3L7.5 8.5",
  plus: "M8 3v10M3 8h10",
  columns: "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
  keys: "M1.5 4h13v8h-13zM4 7h.5M7 7h.5M10 7h.5M5 9.8h6",
  up: "M4 10l4-4 4 4",
  more: "M3.5 8h.1M8 8h.1M12.5 8h.1",
  check: "M3 8.5l3.5 3.5L13 4.5",
} as const;

/** See {@link Icon}. */
export type IconName = keyof typeof PATHS;

/** A small drawing in the colour of the text around it. Whoever does not see it is told nothing: words stand beside it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" className="drawn-icon">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={name === "more" ? 2.2 : 1.4}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
