import type { Locator, Page } from '@playwright/test';
import { TemplateForm } from './TemplateForm';

/** The forms for services that are there: change the target, remove, check. */
export class EditServiceForm extends TemplateForm {
  /** "I have checked that no app uses this name." */
  readonly checked: Locator;
  readonly check: Locator;

  constructor(page: Page) {
    super(page);
    this.checked = page.getByRole('checkbox', { name: /^I have checked/ });
    this.check = page.getByRole('button', { name: 'Check the files' });
  }
}
