/** Topic of the events that tell of a new pull request for a tenant; they carry nothing: it is looked for at its host. */
export const onboardingTopic = 'tenant-releases.onboarding';
