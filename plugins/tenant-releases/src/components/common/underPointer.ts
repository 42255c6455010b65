/**
 * A text for the pointer, as an extra, on a part of a row: rows are too many for a `Hint` each. For those without a pointer
 * the same text stands in the cell, to be read or to be read out, and the page that the row opens shows it.
 */
export const underPointer = (text: string | undefined) => ({ title: text });
