<?php echo "uji";
