import { shorten } from '../../text/shorten';
import { ChangeRefusal } from '../ChangeRefusal';

/** A tenant that is to be onboarded. */
export interface OnboardingRequest {
  tenant: string;
  service: string;
  version: string;
  /** Where; of a model without it, everywhere where the model is. */
  environment?: string;
  cluster?: string;
  /** The tenant that the new one is a copy of; goes before what the layout says. */
  from?: string;
  /** Facts and further values of skeletons. */
  set?: Readonly<Record<string, string>>;
}

/** A label's value in Kubernetes; also a name in a path on every system. */
const name = /^[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;
const given = ['tenant', 'tenantLabel', 'service', 'version', 'environment', 'cluster'];

/** @throws ChangeRefusal that names the option and the cure */
export function requireRequest(request: OnboardingRequest): void {
  for (const key of ['tenant', 'service', 'environment', 'cluster', 'from'] as const) {
    const text = request[key];
    if (text !== undefined && !name.test(text)) {
      throw new ChangeRefusal(
        `${key} ${JSON.stringify(
          shorten(text, 60),
        )}: is part of paths and labels: use at most 63 letters, digits, "-", "_" and ".", the first and the last a letter or digit`,
      );
    }
  }
  for (const [key, value] of Object.entries(request.set ?? {})) {
    if (!/^[A-Za-z]\w{0,39}$/.test(key)) {
      throw new ChangeRefusal(
        `set ${JSON.stringify(
          shorten(key, 60),
        )}: is no name: use at most 40 letters, digits and "_", a letter first`,
      );
    }
    if (given.includes(key)) {
      throw new ChangeRefusal(`set ${key}: has an option of its own: leave it out here`);
    }
    if (!/^[^\p{Cc}\u2028\u2029\ufeff]{1,500}$/u.test(value) || value.trim() !== value) {
      throw new ChangeRefusal(
        `set ${key}: must be one line of 1 to 500 characters without spaces at its ends`,
      );
    }
    if (key === 'ring' && !/^\d$/.test(value)) {
      throw new ChangeRefusal('set ring: must be a whole number from 0 to 9');
    }
  }
}
