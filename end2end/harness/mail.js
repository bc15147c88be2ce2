// What the mail catcher took over SMTP.
import { eventually } from "./process.js";

export class Mailbox {
  constructor(url) {
    this.url = url;
  }

  /** Every message to an address, oldest first. */
  async to(address) {
    const answer = await fetch(`${this.url}/messages?to=${encodeURIComponent(address)}`);
    if (!answer.ok) throw new Error(`the mail catcher answered ${answer.status}`);
    return answer.json();
  }

  /** The `count`-th message to an address, once it has arrived. */
  async message(address, count = 1) {
    return eventually(`mail ${count} to ${address}`, async () => (await this.to(address))[count - 1]);
  }

  /** The link in the `count`-th message to an address. */
  async link(address, count = 1) {
    const message = await this.message(address, count);
    const found = message.text?.match(/https?:\/\/\S+/);
    if (!found) throw new Error(`no link in the mail to ${address}: ${message.text}`);
    return found[0];
  }
}
