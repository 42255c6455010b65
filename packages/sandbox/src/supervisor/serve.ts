import { SandboxSettings } from '../settings';
import { ServerMessage } from './managedProcess';
import { ProcessName, servers } from './servers';

/** Milliseconds that a server has to close. */
const closeMs = 3500;

/**
 * Runs one server in this process until SIGTERM, or until the supervisor is gone (its IPC channel closes), so that no server
 * outlives it. Settings come as JSON in the environment variable SANDBOX_SETTINGS.
 */
export async function serve(name: ProcessName): Promise<void> {
  const settings = JSON.parse(process.env.SANDBOX_SETTINGS ?? '{}') as SandboxSettings;
  const tell = (message: ServerMessage) => process.send?.(message);
  let close: (() => Promise<void>) | undefined;
  const end = async () => {
    setTimeout(() => process.exit(0), closeMs).unref();
    await close?.();
    process.exit(0);
  };
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) {
    process.once(event, () => {
      end().catch(error => {
        console.error(error);
        process.exit(1);
      });
    });
  }
  try {
    const start = await servers[name]();
    const server = await start(settings);
    close = () => server.close();
    tell({ type: 'ready', url: server.url });
  } catch (error) {
    if (!isMissingProgram(error)) throw error;
    tell({ type: 'unavailable', reason: error.message });
  }
}

/** Whether a server cannot run because the machine lacks a program; its message says what to install. */
function isMissingProgram(error: unknown): error is Error {
  return error instanceof Error && error.name === 'MissingProgramError';
}
