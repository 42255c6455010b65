import { sleep } from '../model/clock';
import { Container } from '../model/workloads';
import { BackOff } from './BackOff';
import { Image, ImagePullError } from './imageRegistry';
import { KubeletServices, WaitObserver } from './services';

/** After a failed pull the state is ErrImagePull for this long, then ImagePullBackOff. Milliseconds. */
const errorShown = 1000;

async function waitAfterFailure(
  services: KubeletServices,
  name: string,
  why: string,
  delay: number,
  signal: AbortSignal,
  observer: WaitObserver,
): Promise<void> {
  observer.event('Warning', 'Failed', `Failed to pull image ${name}: ${why}`);
  observer.event('Warning', 'Failed', 'Error: ErrImagePull');
  observer.waiting('ErrImagePull', why);
  const shown = Math.min(delay / 2, errorShown);
  await sleep(services.clock, shown, signal);
  if (signal.aborted) {
    return;
  }
  observer.event('Normal', 'BackOff', `Back-off pulling image ${name}`);
  observer.event('Warning', 'Failed', 'Error: ImagePullBackOff');
  observer.waiting('ImagePullBackOff', `Back-off pulling image ${name}: ErrImagePull: ${why}`);
  await sleep(services.clock, delay - shown, signal);
}

/** Pulls a container's image, trying again until it is there; undefined when `signal` was aborted first. */
export async function pullWithBackOff(
  services: KubeletServices,
  container: Container,
  signal: AbortSignal,
  observer: WaitObserver,
): Promise<Image | undefined> {
  const name = `"${container.image}"`;
  const present = services.present.get(container.image);
  if (present && container.imagePullPolicy !== 'Always') {
    observer.event(
      'Normal',
      'Pulled',
      `Container image ${name} already present on machine and can be accessed by the pod`,
    );
    return present;
  }
  const backOff = new BackOff(services.settings.imageBackOff);
  while (!signal.aborted) {
    observer.event('Normal', 'Pulling', `Pulling image ${name}`);
    const begun = performance.now();
    try {
      const image = await services.pull(container.image);
      services.present.set(container.image, image);
      const took = `${Math.max(1, Math.round(performance.now() - begun))}ms`;
      observer.event(
        'Normal',
        'Pulled',
        `Successfully pulled image ${name} in ${took} (${took} including waiting). Image size: 0 bytes.`,
      );
      return image;
    } catch (error) {
      if (!(error instanceof ImagePullError)) {
        throw error;
      }
      await waitAfterFailure(services, name, error.message, backOff.next(), signal, observer);
    }
  }
  return undefined;
}
