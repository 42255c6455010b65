import { findView, readViews, removeView, saveView, viewNameProblem } from './savedViews';

const views = [
  { name: 'Canaries', search: 'ring=0' },
  { name: 'Trouble', search: 'sort=since&state=degraded' },
];

describe('readViews', () => {
  it.each([
    [undefined, []],
    ['text', []],
    [[{ name: 'a' }, { name: '', search: '' }, 5, views[0]], [views[0]]],
    [[{ name: ' a ', search: 'ring=1', other: true }], [{ name: 'a', search: 'ring=1' }]],
  ])('%j', (stored, expected) => {
    expect(readViews(stored)).toEqual(expected);
  });
});

describe('saveView', () => {
  it('adds in the order of names and replaces what has the name', () => {
    const added = saveView(views, { name: ' Held ', search: '?state=held' });
    expect(added.map(({ name }) => name)).toEqual(['Canaries', 'Held', 'Trouble']);
    const changed = saveView(views, { name: 'Canaries', search: 'ring=1' });
    expect(changed).toHaveLength(2);
    expect(findView(changed, '?ring=1')?.name).toBe('Canaries');
  });
});

describe('findView', () => {
  it('does not mind the order of parameters', () => {
    expect(findView(views, '?state=degraded&sort=since')?.name).toBe('Trouble');
    expect(findView(views, '')).toBeUndefined();
  });
});

describe('removeView', () => {
  it('leaves the others', () => {
    expect(removeView(views, 'Canaries')).toEqual([views[1]]);
  });
});

describe('viewNameProblem', () => {
  const many = Array.from({ length: 30 }, (_, index) => ({ name: `${index}`, search: '' }));
  it.each([
    [views, 'New', undefined],
    [views, '  ', 'Give the view a name.'],
    [views, 'x'.repeat(61), 'At most 60 characters.'],
    [many, 'New', 'There are 30 views already.'],
    [many, '7', undefined],
  ])('of %#', (existing, name, expected) => {
    expect(viewNameProblem(existing, name)).toBe(expected);
  });
});
