<?php

declare(strict_types=1);

require __DIR__ . '/../src/Antrean.php';

$antrean = new Antrean((string) getenv('TERPUSAT_DATA'));
$saat = new DateTimeImmutable();
$jalur = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);

if ($jalur === '/status') {
    header('Content-Type: application/json');
    echo json_encode(['aplikasi' => 'simpus', 'antrean' => $antrean->jumlah($saat), 'zona_waktu' => date_default_timezone_get()]);
    return;
}
if ($jalur !== '/') {
    http_response_code(404);
    echo 'Halaman tidak ada.';
    return;
}
$nomor = null;
$kesalahan = null;
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    try {
        $nomor = $antrean->ambil((string) ($_POST['poli'] ?? ''), $saat);
    } catch (InvalidArgumentException $salah) {
        http_response_code(422);
        $kesalahan = $salah->getMessage();
    }
}
$aman = static fn (string $teks): string => htmlspecialchars($teks, ENT_QUOTES | ENT_SUBSTITUTE);
?>
<!DOCTYPE html>
<html lang="id">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>SIMPUS: antrean hari ini</title>
  <link rel="stylesheet" href="/gaya.css">
</head>
<body>
  <h1>Sistem Informasi Puskesmas</h1>
<?php if ($nomor !== null) : ?>
  <p class="nomor">Nomor antrean Anda: <strong><?= $aman($nomor) ?></strong></p>
<?php endif; ?>
<?php if ($kesalahan !== null) : ?>
  <p class="salah"><?= $aman($kesalahan) ?></p>
<?php endif; ?>
  <form method="post" action="/">
<?php foreach (Antrean::POLI as $kode => $nama) : ?>
    <button name="poli" value="<?= $kode ?>"><?= $aman($nama) ?> (<?= $antrean->jumlah($saat)[$kode] ?>)</button>
<?php endforeach; ?>
  </form>
</body>
</html>
