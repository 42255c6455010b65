const holders =
  /^kind:\s*["']?(?:Application|ApplicationSet|ConfigMap|Secret|CustomResourceDefinition)\b/m;

/** Whether a manifest holds text for others and runs nothing itself: an image in it is none of its own. */
export function holdsText(manifest: string): boolean {
  return holders.test(manifest);
}
