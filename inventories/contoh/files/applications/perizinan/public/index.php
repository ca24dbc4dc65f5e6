<?php
declare(strict_types=1);

// Data rekaan; aplikasi yang sebenarnya membacanya dari pangkalan data.
const PERMOHONAN = [
    'PB-2026-0001' => 'Terbit',
    'PB-2026-0002' => 'Verifikasi lapangan',
];

$nomor = strtoupper(trim((string) ($_GET['nomor'] ?? '')));
$status = PERMOHONAN[$nomor] ?? null;
header('Content-Type: text/html; charset=utf-8');
?>
<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><title>Status perizinan</title></head>
<body>
  <h1>Status perizinan</h1>
  <form><label>Nomor permohonan <input name="nomor" value="<?= htmlspecialchars($nomor) ?>"></label><button>Cari</button></form>
<?php if ($nomor !== ''): ?>
  <p><?= htmlspecialchars($nomor) ?>: <?= htmlspecialchars($status ?? 'tidak ditemukan') ?></p>
<?php endif ?>
</body>
</html>
