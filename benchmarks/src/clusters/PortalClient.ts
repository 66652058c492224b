/** Asks a portal as a signed-in user. */
export class PortalClient {
  readonly url: string;
  readonly #token: string;

  static async signIn(url: string): Promise<PortalClient> {
    const response = await fetch(`${url}/api/auth/guest/refresh`);
    const { backstageIdentity } = await response.json();
    return new PortalClient(url, backstageIdentity.token);
  }

  private constructor(url: string, token: string) {
    this.url = url;
    this.#token = token;
  }

  /** The answer about a component, as text. */
  mappings(name: string): Promise<string> {
    return this.get(
      `/external-services/entities/component/default/${name}/mappings`,
    );
  }

  /** @throws Error when the answer is not one */
  get(path: string): Promise<string> {
    return this.#ask(path, {});
  }

  /** @throws Error when the answer is not one */
  post(path: string, body: object): Promise<string> {
    return this.#ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async #ask(path: string, request: RequestInit): Promise<string> {
    const response = await fetch(`${this.url}/api${path}`, {
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${this.#token}` },
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${path} answered ${response.status}: ${text}`);
    }
    return text;
  }
}
