import { CommandError } from '../commands/commandError';
import { ControlFile, controlFileSchema, Status, statusSchema } from './control';
import { controlFilePath } from './controlServer';
import { readFileIfThere } from './files';

/** Milliseconds that a server has to come up or go down. */
const changeMs = 30_000;

/**
 * What runs in a state directory, or undefined when nothing does. The control file alone proves nothing: it stays behind
 * when the supervisor is killed.
 */
export async function currentStatus(stateDir: string): Promise<Status | undefined> {
  const control = await readControlFile(stateDir);
  if (!control) return undefined;
  let response;
  try {
    response = await call(control, 'GET', '/status', 5000);
  } catch {
    // Nobody listens there any more.
    return undefined;
  }
  // Another program got the port of a supervisor that was killed.
  if (!response.ok) return undefined;
  return statusSchema.parse(await response.json());
}

/** Like {@link currentStatus}, but throws a sentence for the user when nothing runs. */
export async function runningStatus(stateDir: string): Promise<Status> {
  const status = await currentStatus(stateDir);
  if (!status) throw new CommandError('Nothing runs in this checkout: npm start starts it.');
  return status;
}

/** Starts or stops a server of the running platform and waits until it is so. */
export async function changeServer(
  stateDir: string,
  action: 'start' | 'stop',
  server: string,
): Promise<Status> {
  await runningStatus(stateDir);
  const control = (await readControlFile(stateDir)) as ControlFile;
  const target = `/servers/${encodeURIComponent(server)}/${action}`;
  const response = await call(control, 'POST', target, changeMs);
  const body = await response.json();
  if (!response.ok) throw new CommandError((body as { error: string }).error);
  return statusSchema.parse(body);
}

async function readControlFile(stateDir: string): Promise<ControlFile | undefined> {
  const text = await readFileIfThere(controlFilePath(stateDir));
  return text === undefined ? undefined : controlFileSchema.parse(JSON.parse(text));
}

function call(control: ControlFile, method: string, target: string, timeoutMs: number) {
  return fetch(control.url + target, {
    method,
    headers: { authorization: `Bearer ${control.token}` },
    signal: AbortSignal.timeout(timeoutMs),
  });
}
