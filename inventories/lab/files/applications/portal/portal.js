// Shows data/sekolah.csv as a table. The first line of the file holds the column names.
const pesan = document.getElementById("pesan");

function baris(kolom) {
  const tr = document.createElement("tr");
  kolom.forEach((isi) => {
    const td = document.createElement("td");
    td.textContent = isi;
    tr.append(td);
  });
  return tr;
}

fetch("data/sekolah.csv")
  .then((jawaban) => {
    if (!jawaban.ok) throw new Error(`data/sekolah.csv: ${jawaban.status}`);
    return jawaban.text();
  })
  .then((teks) => {
    const isi = teks.trim().split("\n").slice(1).map((satu) => satu.split(";"));
    document.querySelector("#sekolah tbody").replaceChildren(...isi.map(baris));
    pesan.textContent = `${isi.length} sekolah.`;
  })
  .catch((salah) => {
    pesan.textContent = `Data tidak dapat dimuat (${salah.message}).`;
  });
