import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { scaffolderTranslationRef } from '@backstage/plugin-scaffolder/alpha';
import { userSettingsTranslationRef } from '@backstage/plugin-user-settings/alpha';

export const scaffolderWords = createTranslationMessages({
  ref: scaffolderTranslationRef,
  messages: {
    'aboutCard.launchTemplate': 'Use this form',
    'ongoingTask.pageTitle.noTemplateName': 'Run of a form',
    'ongoingTask.startOverButtonTitle': 'Start over',
    'ongoingTask.hideLogsButtonTitle': 'Hide log',
    'ongoingTask.showLogsButtonTitle': 'Show log',
    'ongoingTask.contextMenu.hideLogs': 'Hide log',
    'ongoingTask.contextMenu.showLogs': 'Show log',
    'ongoingTask.contextMenu.hideButtonBar': 'Hide buttons',
    'ongoingTask.contextMenu.showButtonBar': 'Show buttons',
    'ongoingTask.contextMenu.startOver': 'Start over',
    'ownerListPicker.title': 'Whose tasks',
    'listTaskPage.title': 'Tasks',
    'listTaskPage.pageTitle': 'Tasks',
    'templateListPage.title': 'Create',
    'templateListPage.pageTitle': 'Create',
    'templateListPage.subtitle': 'Forms that open pull requests',
    'templateListPage.templateGroups.defaultTitle': 'Forms',
    'templateListPage.templateGroups.otherTitle': 'Other forms',
    'templateListPage.contentHeader.registerExistingButtonTitle': 'Register an existing component',
    'templateListPage.contentHeader.supportButtonTitle':
      'Each form asks for a few fields and opens a pull request. Nothing changes before it is merged.',
    'templateWizardPage.title': 'Create',
    'templateWizardPage.pageTitle': 'Create',
    'templateWizardPage.subtitle': 'A form that opens a pull request',
    'templateWizardPage.templateWithTitle': '{{templateTitle}}',
    'templatingExtensions.title': 'Templating extensions',
    'templatingExtensions.pageTitle': 'Templating extensions',
  },
});

export const settingsWords = createTranslationMessages({
  ref: userSettingsTranslationRef,
  messages: {
    'signOutMenu.title': 'Sign out',
    'pinToggle.title': 'Pin the sidebar',
    'pinToggle.switchTitles.pin': 'Pin the sidebar',
    'pinToggle.switchTitles.unpin': 'Unpin the sidebar',
    'pinToggle.ariaLabelTitle': 'Pin the sidebar',
    'themeToggle.selectAuto': 'Follow the system',
    'identityCard.title': 'Who you are to the portal',
    'identityCard.noIdentityTitle': 'The portal does not know who you are',
    'identityCard.userEntity': 'You',
    'identityCard.ownershipEntities': 'You act for',
    'authProviders.title': 'Available providers',
    'defaultSettingsPage.tabsTitle.authProviders': 'Authentication providers',
    'defaultSettingsPage.tabsTitle.featureFlags': 'Feature flags',
    'featureFlags.title': 'Feature flags',
    'featureFlags.emptyFlags.title': 'No feature flags',
    'featureFlags.emptyFlags.description': 'There is nothing to switch on or off here.',
  },
});
