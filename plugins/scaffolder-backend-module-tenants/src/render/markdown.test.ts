import { codeSpan } from './markdown';

describe('codeSpan', () => {
  it.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['``', '``` `` ```'],
    ['`a', '`` `a ``'],
    ['<script> [x](y) @ada #1', '`<script> [x](y) @ada #1`'],
  ])('writes %j as %s', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });
});
