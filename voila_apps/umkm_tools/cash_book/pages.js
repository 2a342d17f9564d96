// The cash book: its pages, drawn from what Python says.

import { makeBook } from "./pages/book.js";
import { makeChoosing } from "./pages/choosing.js";
import { makeDebts } from "./pages/debts.js";
import { makeReports } from "./pages/reports.js";
import { makeStock } from "./pages/stock.js";
import { makeWriting } from "./pages/writing.js";

export const makePages = (desk) => ({
  choose: makeChoosing(desk),
  catat: makeWriting(desk),
  buku: makeBook(desk),
  bon: makeDebts(desk),
  stok: makeStock(desk),
  laporan: makeReports(desk),
});
