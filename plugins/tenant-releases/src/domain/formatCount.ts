const format = new Intl.NumberFormat('en-GB');

/** A number of things for people: `5,000`. */
export const formatCount = (count: number): string => format.format(count);
