/** A cell: text, a number, or nothing. */
export type CsvCell = string | number | undefined;

/**
 * Spreadsheets take a cell that begins so for a formula, which can run commands or send data away. An apostrophe in
 * front makes them show it as text: https://owasp.org/www-community/attacks/CSV_Injection
 */
const formulaStart = /^[=+\-@\t\r]/;

function field(cell: CsvCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = formulaStart.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/**
 * Writes a table as CSV (RFC 4180): lines end with CRLF, cells that hold a comma, a quotation mark or a line break are
 * quoted. Text that a spreadsheet would take for a formula is made text.
 *
 * @param rows - the first one being the header
 */
export function toCsv(rows: ReadonlyArray<readonly CsvCell[]>): string {
  return rows.map(row => `${row.map(field).join(',')}\r\n`).join('');
}
