import type { Checkout } from '../checkout/checkout';
import { nameOf } from '../checkout/paths';
import type { Deployment } from '../applied/deployment';
import type { LayoutSettings } from '../layout/layoutSchema';
import { nameParts, pathParts } from './pathRoles';
import { candidates } from './subject';

/** An environment, and how a layout knows it. */
interface KnownEnvironment {
  name: string;
  path: string;
}

/**
 * The layout for an Application that shares its files with others: the environment is that of a file that it shares with others of
 * the same environment, or stands in its name.
 */
export function applicationLayout(
  checkout: Checkout,
  deployment: Deployment,
): LayoutSettings | undefined {
  const { application } = deployment;
  if (!application || !isPlain(application.name)) return undefined;
  const known = environmentOf(checkout, deployment);
  if (!known) return alone(checkout, deployment);
  const name = withoutEnvironment(application.name, known.name);
  if (name === undefined) return { path: known.path };
  return name === application.name
    ? { path: known.path, application: '{tenant}' }
    : { path: known.path, application: name };
}

/** A layout that is one deployment's alone: of its Application, or of its folder. */
export function alone(checkout: Checkout, deployment: Deployment): LayoutSettings | undefined {
  const { application, folder, places } = deployment;
  if (!application || application.name === '') return byPlace(folder || places[0]);
  const pattern = application.name.replaceAll(/[{}?[\]*]+/g, '*');
  const known = environmentOf(checkout, deployment);
  if (known) {
    const name = withoutEnvironment(application.name, known.name);
    const tenant = name?.replace(/[-_.]*\*[-_.]*/g, '-').replace(/^[-_.]+|[-_.]+$/g, '');
    return { path: known.path, application: name ?? pattern, tenant: tenant || application.name };
  }
  const parts = nameParts(application.name, '');
  const environment = parts.find(part => 'isName' in part && part.role === 'environment');
  if (environment && parts.length > 1 && isPlain(application.name)) {
    const text = parts.map(part => (part === environment ? '{environment}' : part.text)).join('');
    const tenant =
      parts.find(part => 'isName' in part && part !== environment)?.text ?? application.name;
    return { application: text, tenant };
  }
  return { application: pattern, tenant: application.name };
}

function byPlace(place: string | undefined): LayoutSettings | undefined {
  if (place === undefined || place === '' || !isPlain(place)) return undefined;
  const folder = place.replace(
    /\/(kustomization\.ya?ml|Kustomization|values\.yaml|Chart\.yaml)$/,
    '',
  );
  return { path: place, tenant: folder.replaceAll('/', '-') };
}

/** The environment that one of the files of a deployment says. */
function environmentOf(checkout: Checkout, deployment: Deployment): KnownEnvironment | undefined {
  const { application } = deployment;
  const variants = application?.madeFrom.filter(place => isPlain(place)).flatMap(variantOf) ?? [];
  if (variants[0]) return variants[0];
  const places = candidates(deployment).filter(
    place => place !== application?.file && isPlain(place),
  );
  for (const place of places) {
    const parts = pathParts(place, checkout.has(place));
    const environment = parts.find(part => 'isName' in part && part.role === 'environment');
    if (environment) {
      const path = parts.map(part => (part === environment ? '{environment}' : part.text)).join('');
      return { name: environment.text, path };
    }
  }
  return undefined;
}

/** A chart that makes Applications is rendered once an environment, each with a values file of its own. */
function variantOf(place: string): KnownEnvironment[] {
  const file = nameOf(place);
  const [, before, name, after] = /^(values[-_.])?(.+?)([-_.]values)?\.ya?ml$/.exec(file) ?? [];
  if (name === undefined || (!before && !after)) return [];
  const folder = place.slice(0, place.length - file.length);
  return [{ name, path: `${folder}${file.replace(name, '{environment}')}` }];
}

/** A name with the environment left open; undefined when nothing else is in it. */
function withoutEnvironment(name: string, environment: string): string | undefined {
  const open = name.split(environment).join('*').replaceAll(/\*+/g, '*');
  return open === '*' ? undefined : open;
}

/** Whether a text can stand in a pattern as it is. */
function isPlain(text: string): boolean {
  return text !== '' && !/[{}*?[\]]/.test(text);
}
