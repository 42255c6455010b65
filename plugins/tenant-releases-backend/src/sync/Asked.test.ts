import { Asked, type AskedOptions } from './Asked';

describe('Asked', () => {
  let answers: Array<{ subject: string; resolve(value: object): void; reject(error: Error): void }>;
  let told: string[];

  const create = (more: Partial<AskedOptions<string, object>> = {}) =>
    new Asked<string, object>({
      ask: subject => new Promise((resolve, reject) => answers.push({ subject, resolve, reject })),
      keyOf: subject => subject,
      onAnswer: subject => told.push(subject),
      freshMs: 60_000,
      ...more,
    });
  const passed = (ms = 0) => jest.advanceTimersByTimeAsync(ms);
  const asked = () => answers.map(({ subject }) => subject);

  beforeEach(() => {
    jest.useFakeTimers();
    answers = [];
    told = [];
  });
  afterEach(() => jest.useRealTimers());

  it('asks once, and tells when there is an answer', async () => {
    const answersOf = create();
    expect([answersOf.get('a'), answersOf.get('a')]).toEqual([undefined, undefined]);
    expect(asked()).toEqual(['a']);
    expect(told).toEqual([]);
    answers[0].resolve({ x: 1 });
    await passed();
    expect(told).toEqual(['a']);
    expect(answersOf.get('a')).toEqual({ x: 1 });
    expect(asked()).toEqual(['a']);
  });

  it('asks again when the answer is old, shows it meanwhile, and tells only of another one', async () => {
    const answersOf = create();
    answersOf.get('a');
    answers[0].resolve({ x: 1 });
    await passed(59_999);
    answersOf.get('a');
    expect(asked()).toHaveLength(1);
    await passed(1);
    expect(answersOf.get('a')).toEqual({ x: 1 });
    expect(asked()).toHaveLength(2);
    answers[1].resolve({ x: 1 });
    await passed(60_000);
    expect(told).toEqual(['a']);
    answersOf.get('a');
    answers[2].resolve({ x: 2 });
    await passed();
    expect(told).toEqual(['a', 'a']);
    expect(answersOf.get('a')).toEqual({ x: 2 });
  });

  it('takes another key for another question', async () => {
    const answersOf = create({ keyOf: subject => subject[0] });
    ['a1', 'a2', 'b1'].forEach(subject => answersOf.get(subject));
    expect(asked()).toEqual(['a1', 'b1']);
    answers[0].resolve({ x: 1 });
    await passed();
    expect(answersOf.get('a2')).toEqual({ x: 1 });
    expect(answersOf.get('b2')).toBeUndefined();
  });

  it('tells the answer before of the same owner until there is another', async () => {
    const answersOf = create({ ownerOf: subject => subject[0] });
    expect(answersOf.known('a1')).toBeUndefined();
    expect(asked()).toEqual([]);
    answersOf.get('a1');
    answers[0].resolve({ x: 1 });
    await passed();
    expect(answersOf.known('a2')).toEqual({ x: 1 });
    expect(['a1', 'a2', 'b1'].map(each => answersOf.isAnswered(each))).toEqual([
      true,
      false,
      false,
    ]);
    expect(asked()).toEqual(['a1']);
    expect(answersOf.get('a2')).toEqual({ x: 1 });
    expect(answersOf.get('b1')).toBeUndefined();
    expect(asked()).toEqual(['a1', 'a2', 'b1']);
    answers[1].resolve({ x: 2 });
    await passed();
    expect(answersOf.get('a2')).toEqual({ x: 2 });
    expect(told).toEqual(['a1', 'a2']);
    expect(asked()).toHaveLength(3);
  });

  it('does not take an answer to an earlier question for a later one', async () => {
    const answersOf = create({ ownerOf: subject => subject[0] });
    answersOf.get('a1');
    await passed(1);
    answersOf.get('a2');
    answers[1].resolve({ x: 2 });
    await passed(1);
    answers[0].resolve({ x: 1 });
    await passed(1);
    expect(answersOf.known('a2')).toEqual({ x: 2 });
    expect(told).toEqual(['a2']);
  });

  it('asks again what failed, not at once, and keeps what it knew', async () => {
    const answersOf = create({ freshMs: 1_000 });
    answersOf.get('a');
    answers[0].resolve({ x: 1 });
    await passed(1_000);
    answersOf.get('a');
    answers[1].reject(new Error('away'));
    await passed(9_999);
    expect(answersOf.get('a')).toEqual({ x: 1 });
    expect(asked()).toHaveLength(2);
    await passed(1);
    expect(answersOf.get('a')).toEqual({ x: 1 });
    expect(asked()).toHaveLength(3);
    expect(told).toEqual(['a']);
  });

  it('survives what is thrown at once', async () => {
    const answersOf = create({
      ask: () => {
        throw new Error('no');
      },
    });
    expect(answersOf.get('a')).toBeUndefined();
    await passed();
    expect(told).toEqual([]);
  });

  it('waits before the first question only', async () => {
    const answersOf = create({ delayMs: 1_500, freshMs: 1_000 });
    answersOf.get('a');
    answersOf.get('a');
    await passed(1_499);
    expect(asked()).toEqual([]);
    await passed(1);
    expect(asked()).toEqual(['a']);
    answers[0].resolve({ x: 1 });
    await passed(1_000);
    answersOf.get('a');
    expect(asked()).toEqual(['a', 'a']);
  });

  it('has some questions open and no more; the others come later', async () => {
    const answersOf = create();
    for (let at = 0; at < 250; at += 1) answersOf.get(`${at}`);
    expect(asked()).toHaveLength(200);
    answers.forEach(({ resolve }) => resolve({ x: 1 }));
    await passed();
    for (let at = 0; at < 250; at += 1) answersOf.get(`${at}`);
    expect(new Set(asked()).size).toBe(250);
    expect(asked()).toHaveLength(250);
  });

  it('asks nothing more and tells nothing more once it is stopped', async () => {
    const answersOf = create();
    answersOf.get('a');
    const late = create({ delayMs: 1_500 });
    late.get('b');
    answersOf.stop();
    late.stop();
    answersOf.get('c');
    answers[0].resolve({ x: 1 });
    await passed(2_000);
    expect(asked()).toEqual(['a']);
    expect(told).toEqual([]);
  });
});
