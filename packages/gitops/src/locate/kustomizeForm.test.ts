import { EditError } from './EditError';
import { kustomizeForm } from './kustomizeForm';

const digest = (of: string) => `sha256:${of.repeat(64)}`;

it('writes a tag over a tag and a digest over a digest', () => {
  expect(kustomizeForm.write('1.14.2', { version: '1.10' })).toBe('1.10');
  expect(kustomizeForm.write(digest('a'), { version: digest('b') })).toBe(digest('b'));
});

it.each([
  [digest('a'), { version: '2' }],
  ['1', { version: digest('a') }],
  ['1', { version: '2', digest: digest('a') }],
])('refuses to mix them: %s', (text, version) => {
  expect(() => kustomizeForm.write(text, version)).toThrow(EditError);
});
