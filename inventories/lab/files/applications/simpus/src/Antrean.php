<?php

declare(strict_types=1);

/** Queue numbers of one puskesmas for one day, kept as one JSON line each in the application's own data folder. */
final class Antrean
{
    public const POLI = ['umum' => 'Poli Umum', 'gigi' => 'Poli Gigi', 'kia' => 'Poli KIA'];

    public function __construct(private readonly string $folder)
    {
        if (!is_dir($this->folder) || !is_writable($this->folder)) {
            throw new RuntimeException("Folder data {$this->folder} tidak dapat ditulis.");
        }
    }

    /** Takes the next number of a poli. Two requests at the same moment never get the same number. */
    public function ambil(string $poli, DateTimeImmutable $saat): string
    {
        if (!isset(self::POLI[$poli])) {
            throw new InvalidArgumentException("Poli '{$poli}' tidak ada.");
        }
        $berkas = fopen($this->berkas($saat), 'c+');
        if ($berkas === false || !flock($berkas, LOCK_EX)) {
            throw new RuntimeException('Antrean sedang tidak dapat dibuka; coba lagi.');
        }
        try {
            $urut = 1;
            while (($baris = fgets($berkas)) !== false) {
                $urut += json_decode($baris, true, 8, JSON_THROW_ON_ERROR)['poli'] === $poli ? 1 : 0;
            }
            $nomor = sprintf('%s-%03d', strtoupper($poli[0]), $urut);
            fwrite($berkas, json_encode(['poli' => $poli, 'nomor' => $nomor, 'saat' => $saat->format(DATE_ATOM)]) . "\n");
            return $nomor;
        } finally {
            flock($berkas, LOCK_UN);
            fclose($berkas);
        }
    }

    /** @return array<string, int> how many numbers were taken today, by poli */
    public function jumlah(DateTimeImmutable $saat): array
    {
        $jumlah = array_fill_keys(array_keys(self::POLI), 0);
        $berkas = $this->berkas($saat);
        foreach (is_file($berkas) ? file($berkas, FILE_SKIP_EMPTY_LINES) : [] as $baris) {
            $jumlah[json_decode($baris, true, 8, JSON_THROW_ON_ERROR)['poli']]++;
        }
        return $jumlah;
    }

    private function berkas(DateTimeImmutable $saat): string
    {
        return $this->folder . '/antrean-' . $saat->format('Y-m-d') . '.jsonl';
    }
}
