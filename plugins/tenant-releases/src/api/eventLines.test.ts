import { createEventReader } from './eventLines';

function read(...pieces: string[]): string[] {
  const events: string[] = [];
  const reader = createEventReader(data => events.push(data));
  pieces.forEach(reader);
  return events;
}

describe('createEventReader', () => {
  it.each<[string, string[], string[]]>([
    ['one event', ['data: {"a":1}\n\n'], ['{"a":1}']],
    ['an event cut anywhere', ['da', 'ta: {"a"', ':1}', '\n', '\n'], ['{"a":1}']],
    ['two events in one piece', ['data: 1\n\ndata: 2\n\n'], ['1', '2']],
    ['CR LF, also when cut between them', ['data: 1\r', '\n\r', '\ndata: 2\r\n\r\n'], ['1', '2']],
    ['CR alone', ['data: 1\r\rdata: 2\r\r', 'x'], ['1', '2']],
    ['data of several lines', ['data: 1\ndata: 2\n\n'], ['1\n2']],
    ['only one leading space is dropped', ['data:  1\n\ndata:2\n\n'], [' 1', '2']],
    [
      'comments, ids, names and retry times',
      [': hi\nid: 1\nevent: x\nretry: 9\ndata: 1\n\n'],
      ['1'],
    ],
    ['empty lines without data', ['\n\n: ping\n\n'], []],
    ['an event that is not whole', ['data: 1\n'], []],
  ])('reads %s', (_, pieces, expected) => {
    expect(read(...pieces)).toEqual(expected);
  });
});
