<?php
declare(strict_types=1);

// Data rekaan; aplikasi yang sebenarnya membacanya dari pangkalan data.
$antrean = [['A-001', 'Poli Umum'], ['A-002', 'Poli Gigi'], ['A-003', 'KIA']];
header('Content-Type: text/html; charset=utf-8');
?>
<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><title>Antrean puskesmas</title></head>
<body>
  <h1>Antrean puskesmas, <?= date('d-m-Y') ?></h1>
  <table>
    <tr><th>Nomor</th><th>Poli</th></tr>
<?php foreach ($antrean as [$nomor, $poli]): ?>
    <tr><td><?= htmlspecialchars($nomor) ?></td><td><?= htmlspecialchars($poli) ?></td></tr>
<?php endforeach ?>
  </table>
</body>
</html>
