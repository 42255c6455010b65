import { EditError } from './EditError';
import { chartForm } from './chartForm';

it.each([
  ['3.2.1', { version: '3.2.1' }],
  ['v1.0.0-rc.1+5', { version: 'v1.0.0-rc.1+5' }],
  ['^3.2', undefined],
  ['*', undefined],
  ['3.x.x', undefined],
  ['main', undefined],
])('reads %s', (text, version) => expect(chartForm.read(text)).toEqual(version));

it('writes a version of a chart only', () => {
  expect(chartForm.write('3.2.1', { version: '3.3.0' })).toBe('3.3.0');
  expect(() => chartForm.write('3.2.1', { version: 'sha-1a2b3c4' })).toThrow(EditError);
});
