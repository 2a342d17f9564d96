// The price calculator: its form, empty and as an example.

export const TARGETS = [
  ["margin", "Margin (%)", "Berapa persen dari harga jual yang menjadi untung?"],
  ["markup", "Markup (%)", "Berapa persen ditambahkan di atas HPP?"],
  ["untung", "Untung (Rp)", "Berapa rupiah untung dari tiap barang?"],
  ["harga", "Harga sendiri", "Berapa harga jual yang Anda mau?"],
];
export const FIRST = {
  way: "resep",
  name: "",
  ingredients: [{}],
  portions: "",
  labour: "",
  overhead: "",
  waste: "",
  total: "",
  quantity: "",
  freight: "",
  packaging: "",
  fee: "",
  target: "margin",
  aim: "30",
  step: "500",
  fixed: "",
};
export const EXAMPLE = {
  ...FIRST,
  name: "Nasi uduk",
  portions: "20",
  labour: "20rb",
  overhead: "8rb",
  waste: "5",
  packaging: "Rp500",
  aim: "35",
  fixed: "600rb",
  ingredients: [
    { name: "Beras (kg)", price: "14rb", size: "1", used: "2" },
    { name: "Santan (bungkus)", price: "4rb", size: "1", used: "3" },
    { name: "Telur (butir)", price: "28rb", size: "16", used: "10" },
    { name: "Bumbu dan sambal", price: "15rb", size: "1", used: "1" },
  ],
};
