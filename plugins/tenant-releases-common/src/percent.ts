/** Part of a whole, for people: `33 %`, `0.4 %`. Neither some of it is called none, nor most of it all. */
export function percent(ratio: number): string {
  const value = ratio * 100;
  if (value > 0 && value < 0.01) return 'under 0.01 %';
  if (value < 10) return `${Number(value.toPrecision(2))} %`;
  return `${Math.min(Math.round(value), ratio < 1 ? 99 : 100)} %`;
}
