import type { Locator, Page } from '@playwright/test';
import { openSignedIn } from './signIn';
import { TemplateForm } from './TemplateForm';

const DNS_NAME = 'A DNS name, such as db.example.com';
const ADDRESSES = 'One or more IP addresses, such as 203.0.113.1';

/** The form "Add an external service". */
export class AddServiceForm extends TemplateForm {
  readonly protocol: Locator;
  readonly port: Locator;

  constructor(page: Page) {
    super(page);
    this.protocol = page.getByRole('button', {
      name: 'What does your app speak?',
    });
    this.port = page.getByRole('spinbutton', { name: 'Port', exact: true });
  }

  /** Signs in as a guest and opens the form as the card of a component does. */
  static async open(page: Page, component: string): Promise<AddServiceForm> {
    const data = JSON.stringify({
      component: `component:default/${component}`,
    });
    const form = new AddServiceForm(page);
    await openSignedIn(
      page,
      `/create/templates/default/external-service?formData=${encodeURIComponent(
        data,
      )}`,
      form.next,
    );
    return form;
  }

  async chooseDnsName(): Promise<void> {
    await this.page.getByRole('radio', { name: DNS_NAME }).check();
  }

  async chooseAddresses(): Promise<void> {
    await this.page.getByRole('radio', { name: ADDRESSES }).check();
  }

  async speak(protocol: string): Promise<void> {
    await this.choose('What does your app speak?', protocol);
  }

  async choose(field: string, option: string): Promise<void> {
    await this.page.getByRole('button', { name: field }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  async giveAddressesDirectly(): Promise<void> {
    await this.page
      .getByRole('checkbox', { name: 'Give my app the addresses directly' })
      .check();
  }

  /** From the first page to the end, with our texts for the pull request. */
  async openPullRequest(): Promise<void> {
    await this.next.click();
    await this.review.click();
    await this.create.click();
  }
}
