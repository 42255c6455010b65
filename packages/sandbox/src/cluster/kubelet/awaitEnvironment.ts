import { sleep } from '../model/clock';
import { ContainerConfigError } from './environment';
import { KubeletServices, WaitObserver } from './services';

const retryMilliseconds = 2000;

/**
 * Waits, if need be, until everything that a container's environment refers to is there; undefined when `signal` was
 * aborted first.
 */
export async function awaitEnvironment(
  services: KubeletServices,
  make: () => Record<string, string>,
  signal: AbortSignal,
  observer: WaitObserver,
): Promise<Record<string, string> | undefined> {
  while (!signal.aborted) {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof ContainerConfigError)) {
        throw error;
      }
      observer.event('Warning', 'Failed', `Error: ${error.message}`);
      observer.waiting('CreateContainerConfigError', error.message);
      await sleep(services.clock, retryMilliseconds, signal);
    }
  }
  return undefined;
}
