// Files that the stories bring along, made when they are needed.

import { crc32, deflateSync } from "node:zlib";

const POINTS_PER_MILLIMETRE = 72 / 25.4;

/** A PDF of one empty page. */
export function pdf(widthMillimetres, heightMillimetres) {
  const box = [widthMillimetres, heightMillimetres].map((length) => (length * POINTS_PER_MILLIMETRE).toFixed(2)).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${box}] /Resources << >> >>`,
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return { name: "design.pdf", mimeType: "application/pdf", buffer: Buffer.from(text, "latin1") };
}

/** A picture of one colour, in pixels. */
export function png(width, height) {
  const chunk = (type, data) => {
    const content = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(content));
    return Buffer.concat([length, content, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for each of red, green and blue.
  header.set([8, 2], 8);
  // Every line begins with a byte that says that it is not filtered.
  const line = Buffer.alloc(1 + 3 * width, 0x9c);
  line[0] = 0;
  const pixels = deflateSync(Buffer.concat(Array(height).fill(line)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const buffer = Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
  return { name: "design.png", mimeType: "image/png", buffer };
}

/** The smallest picture, called a CSV file. */
export function pictureCalledCsv() {
  const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  return { name: "orders.csv", mimeType: "text/csv", buffer: Buffer.from(picture, "base64") };
}

/** A CSV file with this content. */
export const csv = (content, name = "orders.csv") => ({ name, mimeType: "text/csv", buffer: Buffer.from(content) });

const COLUMNS = {
  en: ["orderReferenceId", "recipient", "addressLine1", "city", "postcode", "country", "productUid", "quantity", "designFileUrl"],
  es: ["ID de referencia del pedido", "Destinatario", "Dirección 1", "Ciudad", "Código postal", "País", "UID del producto", "Cantidad", "URL del archivo de diseño"],
};
const [REFERENCE, RECIPIENT, , , POSTCODE, COUNTRY, PRODUCT, QUANTITY, DESIGN] = COLUMNS.en.keys();

/** Rows that must be refused: the number of the order, the cell, and what stands there instead. */
const BAD = [
  [17, PRODUCT, "no-such-product"],
  [123, QUANTITY, "0"],
  [250, QUANTITY, "two"],
  [404, RECIPIENT, ""],
  [555, COUNTRY, "Narnia"],
  [777, POSTCODE, "1"],
  [1000, DESIGN, "not an address"],
];

/**
 * A thousand orders of one row each, seven of them wrong, in the way a spreadsheet in `language` writes them: English ones with
 * commas in UTF-8, Spanish ones with semicolons in Latin-1. `refused` lists what must be said: row and column of the file.
 */
export function thousandOrders(language, product) {
  const columns = COLUMNS[language];
  const rows = Array.from({ length: 1000 }, (_, index) => {
    const row = [];
    row[REFERENCE] = `WEB-${index + 1}`;
    row[RECIPIENT] = `Begoña Núñez ${index + 1}`;
    row.push("Calle Mayor 1", "Madrid");
    row[POSTCODE] = "28013";
    row[COUNTRY] = "ES";
    row[PRODUCT] = product;
    row[QUANTITY] = String(1 + (index % 5));
    row[DESIGN] = "";
    return row;
  });
  for (const [number, cell, value] of BAD) rows[number - 1][cell] = value;
  const delimiter = language === "es" ? ";" : ",";
  const text = [columns, ...rows].map((row) => `${row.join(delimiter)}\r\n`).join("");
  return {
    file: { name: "orders.csv", mimeType: "text/csv", buffer: Buffer.from(text, language === "es" ? "latin1" : "utf8") },
    // Row 1 of the file are the headings.
    refused: BAD.map(([number, cell]) => ({ row: number + 1, reference: `WEB-${number}`, column: columns[cell] })),
    right: rows.length - BAD.length,
  };
}
