/** The line by which a task knows its own pull request and commits again. */
export function taskMarker(taskId: string): string {
  return `Task: ${taskId}`;
}

/** The task that a pull request's body or a commit's message names; undefined when there is none. */
export function taskOf(text: string): string | undefined {
  return [...text.matchAll(/^Task: (\S+)\s*$/gm)].at(-1)?.[1];
}

/** Title of a tenant's onboarding pull request. */
export function onboardingTitle(tenant: string): string {
  return `Onboard tenant ${tenant}`;
}
