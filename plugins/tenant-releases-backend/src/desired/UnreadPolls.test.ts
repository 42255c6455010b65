import { UnreadPolls } from './UnreadPolls';

describe('UnreadPolls', () => {
  const due = (polls: UnreadPolls, count: number) =>
    Array.from({ length: count }, () => polls.isDue()).filter(Boolean).length;

  it('asks for nothing while everything is read', () => {
    expect(due(new UnreadPolls(), 100)).toBe(0);
  });

  it('asks with each poll at first, then now and then', () => {
    const polls = new UnreadPolls();
    polls.note(true);
    expect(due(polls, 15)).toBe(15);
    polls.note(true);
    expect(due(polls, 150)).toBe(10);
  });

  it('begins anew with what is unread later', () => {
    const polls = new UnreadPolls();
    polls.note(true);
    due(polls, 50);
    polls.note(false);
    expect(polls.isDue()).toBe(false);
    polls.note(true);
    expect(due(polls, 15)).toBe(15);
  });
});
