import { coreComponentsTranslationRef } from '@backstage/core-components/alpha';
import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { catalogTranslationRef } from '@backstage/plugin-catalog/alpha';
import { catalogReactTranslationRef } from '@backstage/plugin-catalog-react/alpha';
import { searchTranslationRef } from '@backstage/plugin-search/alpha';

export const catalogWords = createTranslationMessages({
  ref: catalogTranslationRef,
  messages: {
    'aboutCard.editButtonTitle': 'Edit metadata',
    'aboutCard.launchTemplate': 'Use this form',
    'aboutCard.viewSource': 'View source',
    'aboutCard.viewTechdocs': 'View documentation',
    'aboutCard.ownerField.value': 'No owner',
    'aboutCard.domainField.value': 'No domain',
    'aboutCard.systemField.value': 'No system',
    'aboutCard.parentComponentField.label': 'Parent component',
    'aboutCard.parentComponentField.value': 'No parent component',
    'aboutCard.tagsField.value': 'No tags',
    'entityLabels.warningPanelTitle': 'Not found, or not visible to you',
    'entityPage.notFoundMessage':
      'There is nothing of this name that you may see. Members of the group that owns it may see it, and the platform team. Ask them, or press Ctrl+K to search for another name.',
    'entityNotFound.description': 'There is nothing of this name that you may see.',
    'indexPage.title': '{{orgName}} catalog',
    'systemDiagramCard.title': 'System diagram',
  },
});

export const catalogReactWords = createTranslationMessages({
  ref: catalogReactTranslationRef,
  messages: {
    'entityProcessingStatusPicker.title': 'Processing status',
    'inspectEntityDialog.title': 'Entity inspector',
  },
});

export const coreWords = createTranslationMessages({
  ref: coreComponentsTranslationRef,
  messages: {
    'errorPage.subtitle': 'Error {{status}}: {{statusMessage}}',
    'errorPage.title': 'This page cannot be shown',
    'emptyState.missingAnnotation.title': 'An annotation is missing',
    'supportConfig.default.title': 'Ask your platform team',
    'supportConfig.default.linkTitle': 'Who to ask is not configured yet',
    'oauthRequestDialog.title': 'Sign in',
    'oauthRequestDialog.rejectAll': 'Reject all',
    'table.pagination.firstTooltip': 'First page',
    'table.pagination.lastTooltip': 'Last page',
    'table.pagination.nextTooltip': 'Next page',
    'table.pagination.previousTooltip': 'Previous page',
  },
});

export const searchWords = createTranslationMessages({
  ref: searchTranslationRef,
  messages: {
    'searchModal.viewFullResults': 'All results',
    'searchType.allResults': 'All results',
  },
});
