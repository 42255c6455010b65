import { taskMarker, taskOf } from './taskMarker';

describe('taskOf', () => {
  it.each([
    [`Onboard tenant x\n\n${taskMarker('1-a')}\n`, '1-a'],
    [`${taskMarker('1')}\r\n`, '1'],
    ['a `Task: 1` b\n\nTask: 2', '2'],
    ['Task: 1\n\nTask: 2', '2'],
    ['no mark', undefined],
    ['', undefined],
  ])('reads %j as the task %s', (text, task) => {
    expect(taskOf(text)).toBe(task);
  });
});
