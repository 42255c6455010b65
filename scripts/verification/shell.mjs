/** Commands as a person types them. */

/** A word for a POSIX shell. Variables stay variables. */
export function quote(word) {
  if (/^[-\w./:,=@$]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
