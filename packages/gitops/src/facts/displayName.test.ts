import { displayNameProblem } from './displayName';

describe('displayNameProblem', () => {
  it.each([
    'Acme Corp',
    'A',
    '"Quoted": #1, \'x\' & <b>y</b> | z',
    '${{ parameters.name }} {{ .Values }}',
    'Müller & Söhne 株式会社 👩‍🚀',
    'yes',
    '1',
    'x'.repeat(80),
    '😀'.repeat(80),
  ])('accepts %j', text => {
    expect(displayNameProblem(text)).toBeUndefined();
  });

  it.each<[unknown, RegExp]>([
    [undefined, /is required/],
    ['', /is required/],
    [7, /is required/],
    ['x'.repeat(81), /at most 80 characters, this one has 81/],
    ['a\nb: c', /must be one line/],
    ['a\r', /must be one line/],
    ['a\tb', /must be one line/],
    ['a\u0000', /must be one line/],
    ['a\u0085b', /must be one line/],
    ['a\u2028b', /must be one line/],
    ['\u202Eevil', /must be one line/],
    ['\ufeffx', /must be one line/],
    ['\ud800', /must be one line/],
    ['\uffff', /must be one line/],
    [' ', /begin or end with a blank/],
    ['a ', /begin or end with a blank/],
    ['\u00a0a', /begin or end with a blank/],
  ])('refuses %j', (text, message) => {
    expect(displayNameProblem(text)).toMatch(message);
    expect(displayNameProblem(text)).toMatch(/^displayName: /);
  });
});
