// What pages and files say.
import assert from "node:assert/strict";

/** The refused rows that a page shows: number in the file, what the row is about, and the reasons in one text. */
export async function refusedRows(visitor) {
  return visitor.page.locator("main tbody").first().evaluate((body) => {
    const rows = [];
    for (const line of body.rows) {
      const lead = line.querySelector("th");
      if (lead) rows.push({ row: Number(line.cells[0].textContent.replace(/\D/g, "")), reference: lead.textContent.trim(), reason: "" });
      else rows.at(-1).reason += line.textContent.trim();
    }
    return rows;
  });
}

/** A file that the portal gives out: its status, its type, its bytes. */
export async function download(visitor, path) {
  const answer = await visitor.context.request.get(path);
  assert.equal(answer.status(), 200, path);
  return { type: answer.headers()["content-type"], bytes: await answer.body() };
}

/** The lines of a CSV file below its headings. */
export async function csvRows(visitor, path) {
  const { type, bytes } = await download(visitor, path);
  assert.match(type, /^text\/csv/);
  return bytes.toString().trim().split(/\r?\n/).slice(1);
}

/** The numbers of the figures on a page. */
export async function figures(visitor) {
  const texts = await visitor.page.locator(".stats .figure").allTextContents();
  return texts.map((text) => Number(text.replace(/\D/g, "")));
}
