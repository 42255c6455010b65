/**
 * Reads server-sent events from pieces of text
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).
 * Only `data` fields matter here; comments, ids and event names are passed over.
 *
 * @param onData - called with the data of each whole event
 * @returns takes the next piece, cut anywhere
 */
export function createEventReader(onData: (data: string) => void): (piece: string) => void {
  let rest = '';
  let data: string[] = [];
  const readLine = (line: string) => {
    if (line === '') {
      if (data.length > 0) onData(data.join('\n'));
      data = [];
    } else if (line.startsWith('data:')) {
      data.push(line.slice(5).replace(/^ /, ''));
    }
  };
  return piece => {
    rest += piece;
    // A lone CR at the end may be the first half of CR LF: wait for what follows.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    lines.forEach(readLine);
  };
}
