import {
  commonSelector,
  labelSets,
  parseSelector,
  selectedBy,
  SelectorError,
} from './labelSelector';

const names = {
  application: 'prod-acme',
  tenant: 'acme',
  service: 'api',
  environment: '',
  cluster: '',
};

it('reads labels and their values, in one order', () => {
  expect(parseSelector('b=x, a/c == {tenant}-{service}')).toEqual([
    ['a/c', '{tenant}-{service}'],
    ['b', 'x'],
  ]);
});

it.each(['', 'a', 'a in (b)', 'a!=b', 'a=', '=b', 'a=b,', 'a=b,,c=d', 'ä=b', 'a={owner}', 'a={}'])(
  'refuses %j, and says what it takes',
  text => {
    expect(() => parseSelector(text)).toThrow(SelectorError);
    expect(() => parseSelector(text)).toThrow(/must be labels|holds/);
  },
);

it('fills in names, and says nothing of a release whose name it does not know', () => {
  const selector = parseSelector('app={service},customer={tenant}');
  expect(selectedBy(selector, names)).toBe('app=api,customer=acme');
  expect(selectedBy(parseSelector('stage={environment}'), names)).toBeUndefined();
});

it('finds what a pod meets by what a release asks for', () => {
  const selectors = [parseSelector('app={service},customer={tenant}'), parseSelector('i={tenant}')];
  const labels = { customer: 'acme', app: 'api', more: 'x' };
  expect(labelSets(selectors, labels)).toEqual([selectedBy(selectors[0], names)]);
  expect(labelSets(selectors, { more: 'x' })).toEqual([]);
});

it('asks Kubernetes for the label that all have, else for all pods', () => {
  const [one, two, three] = ['a=1,b=2', 'b=3', 'c=4'].map(text => parseSelector(text));
  expect(commonSelector([one])).toBe('a');
  expect(commonSelector([one, two])).toBe('b');
  expect(commonSelector([one, two, three])).toBe('');
});
