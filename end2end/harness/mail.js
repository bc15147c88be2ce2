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

  /** The link to a page below `path` in the `count`-th message to an address that has one, once it has arrived. */
  async link(address, path, count = 1) {
    const pattern = new RegExp(`https?://\\S*${path}\\S*`);
    return eventually(`a link to ${path} in a mail to ${address}`, async () => {
      const links = (await this.to(address)).map((message) => message.text?.match(pattern)?.[0]).filter(Boolean);
      return links[count - 1];
    });
  }
}
