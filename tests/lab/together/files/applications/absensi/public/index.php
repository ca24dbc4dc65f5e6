<?php
// SPDX-License-Identifier: GPL-3.0-or-later
declare(strict_types=1);

// Absensi pegawai: setiap kehadiran satu baris di basis data dan satu berkas lampiran.
$jawab = static function (int $status, array $isi): never {
    http_response_code($status);
    header('Content-Type: application/json');
    echo json_encode($isi);
    exit;
};
$jalur = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (!in_array($jalur, ['/', '/sehat'], true)) {
    $jawab(404, ['galat' => 'tidak ada']);
}
$folder = getenv('TERPUSAT_DATA');
$baru = null;
try {
    $basis = new PDO(
        sprintf('mysql:host=%s;port=%s;dbname=%s;charset=utf8mb4', getenv('DB_HOST'), getenv('DB_PORT'), getenv('DB_NAME')),
        getenv('DB_USER'),
        getenv('DB_PASSWORD'),
        [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::MYSQL_ATTR_SSL_CA => getenv('DB_CA'), PDO::ATTR_TIMEOUT => 5],
    );
    $basis->exec('CREATE TABLE IF NOT EXISTS hadir (nomor INT AUTO_INCREMENT PRIMARY KEY, nip VARCHAR(20) NOT NULL)');
    if ($jalur === '/sehat') {
        $jawab(200, ['keadaan' => 'sehat']);
    }
    if ($_SERVER['REQUEST_METHOD'] === 'POST') {
        $nip = (string) ($_POST['nip'] ?? '');
        if (!preg_match('/^\d{1,20}$/', $nip)) {
            $jawab(422, ['galat' => 'nip']);
        }
        // Berkas dulu: bila disk penuh, tidak boleh ada baris tanpa lampirannya.
        $baru = "$folder/lampiran-" . bin2hex(random_bytes(8));
        $isi = str_pad($nip, 8192);
        if (@file_put_contents($baru, $isi) !== strlen($isi)) {
            @unlink($baru);
            $jawab(507, ['galat' => 'disk penuh']);
        }
        $basis->prepare('INSERT INTO hadir (nip) VALUES (?)')->execute([$nip]);
    }
    $nip = $basis->query('SELECT nip FROM hadir ORDER BY nomor')->fetchAll(PDO::FETCH_COLUMN);
} catch (PDOException) {
    if ($baru !== null) {
        @unlink($baru);
    }
    $jawab(503, ['galat' => 'basis data tidak menjawab']);
}
$lampiran = array_map(static fn (string $berkas): string => rtrim(file_get_contents($berkas)), glob("$folder/lampiran-*"));
sort($lampiran);
$jawab(200, ['hadir' => $nip, 'lampiran' => $lampiran, 'dari' => $_SERVER['REMOTE_ADDR'], 'https' => $_SERVER['HTTPS'] ?? '']);
