import { eventually } from '../__testUtils__/eventually';
import { tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { ago, applicationOf, operation, treePod } from '../__testUtils__/objects';
import { image } from '../__testUtils__/situations/Situation';
import { TestFleet } from '../__testUtils__/TestFleet';

const tenant = 'tenant-a';
const key = `argocd/${tenant}`;

describe('pods that only Argo CD’s tree tells of', () => {
  let fleet: TestFleet;
  let head: string;
  let sent: number;

  const answer = { tree: { nodes: [treePod(image('sha-2'))] }, managed: { items: [] } };
  /** What a look at the release says at once. */
  const look = () => {
    const [ref] = fleet.board.refs();
    const { running, reasons } = fleet.board.release(ref);
    return [
      ...running.map(({ version, pods }) => `${version} ${pods}`),
      ...reasons.map(({ code }) => code),
    ];
  };
  /** Changes the Application, and waits until the board has heard of it and of nothing else. */
  const change = async (status: object) => {
    sent += 1;
    const startedAt = ago(sent);
    const { operationState = operation('Succeeded', head), ...rest } = status as {
      operationState?: object;
    };
    fleet.sendApplication(
      key,
      applicationOf(tenant, head, {
        status: { ...rest, operationState: { ...operationState, startedAt } },
      }),
    );
    await eventually(() => fleet.sync.named(tenant)[0]?.operation?.startedAt, startedAt);
  };
  const failed = (finished: number) => ({
    health: { status: 'Degraded', lastTransitionTime: ago(900) },
    operationState: operation('Failed', head, { message: 'x', finishedAt: ago(finished) }),
  });

  beforeEach(async () => {
    sent = 0;
    fleet = new TestFleet();
    head = fleet.git.commit({ [tenantPath(tenant)]: tenantFile(tenant, 'sha-2') });
    fleet.applications.set(key, applicationOf(tenant, head));
    fleet.answers.set(key, answer);
    fleet.start();
    await eventually(() => fleet.isOpen && fleet.board.refs().length === 1 && look(), ['sha-2 1']);
  });
  afterEach(() => fleet.stop());

  it('stay while the Application changes, also when nothing more is answered', async () => {
    fleet.answers.delete(key);
    const outOfSync = { sync: { status: 'OutOfSync', revision: head } };
    await change({ ...outOfSync, operationState: operation('Running', head) });
    expect(look()).toEqual(['sha-2 1', 'ROLLING_OUT']);
    await change(failed(900));
    expect(look()).toEqual(['sha-2 1', 'SYNC_FAILED']);
    await change({ health: { status: 'Progressing' } });
    expect(look()).toEqual(['sha-2 1', 'ROLLING_OUT']);
  });

  it('are asked for again after each change that may have moved them', async () => {
    fleet.answers.set(key, { ...answer, tree: { nodes: [treePod(image('sha-1'))] } });
    await change({ operationState: operation('Running', head) });
    look();
    await change({});
    await change(failed(800));
    expect(await eventually(look, ['sha-1 1', 'SYNC_FAILED', 'IMAGE_DIFFERS'])).toEqual([
      'sha-1 1',
      'SYNC_FAILED',
      'IMAGE_DIFFERS',
    ]);
  });
});
