# Dikelola Terpusat (peran opd_router). Ubah register, bukan perangkat ini.
/interface bonding
/interface gre
/ip ipsec peer
/ip ipsec identity
/ip ipsec policy
/system identity
set name=rt-dinkes
/interface bridge
add name=lo0 protocol-mode=none comment="terpusat:lo0 alamat perangkat sendiri"
/interface vlan
/ip address
add address=10.255.0.3/32 interface=lo0 comment=terpusat:lo0
add address=203.0.113.10/30 interface=ether3 comment="terpusat:ether3 dinkes-lama PT Penyedia Rekaan B"
add address=10.254.0.6/30 interface=ether1 comment="terpusat:ether1 core1:ether2"
add address=10.20.0.1/24 interface=ether2 comment="terpusat:ether2 LAN dinkes/kantor"
/ip dhcp-client
/interface list
add name=terpusat-link comment=terpusat:terpusat-link
add name=terpusat-uplink comment=terpusat:terpusat-uplink
add name=terpusat-inside comment=terpusat:terpusat-inside
add name=terpusat-office-internet-keluar comment=terpusat:terpusat-office-internet-keluar
/interface list member
add list=terpusat-link interface=ether1 comment=terpusat:terpusat-link/ether1
add list=terpusat-uplink interface=ether3 comment=terpusat:terpusat-uplink/ether3
add list=terpusat-inside interface=ether1 comment=terpusat:terpusat-inside/ether1
add list=terpusat-inside interface=ether2 comment=terpusat:terpusat-inside/ether2
add list=terpusat-office-internet-keluar interface=ether1 comment=terpusat:terpusat-office-internet-keluar/ether1
add list=terpusat-office-internet-keluar interface=ether3 comment=terpusat:terpusat-office-internet-keluar/ether3
/ip firewall address-list
add list=terpusat-management address=10.99.0.1/32 comment=terpusat:management/10.99.0.1/32
add list=terpusat-own address=10.10.0.0/24 comment=terpusat:own/10.10.0.0/24
add list=terpusat-own address=10.20.0.0/23 comment=terpusat:own/10.20.0.0/23
add list=terpusat-own address=10.20.2.0/24 comment=terpusat:own/10.20.2.0/24
add list=terpusat-own address=10.20.254.0/24 comment=terpusat:own/10.20.254.0/24
add list=terpusat-own address=10.20.255.192/26 comment=terpusat:own/10.20.255.192/26
add list=terpusat-own address=10.99.0.1/32 comment=terpusat:own/10.99.0.1/32
add list=terpusat-own address=10.254.0.0/24 comment=terpusat:own/10.254.0.0/24
add list=terpusat-own address=10.255.0.0/24 comment=terpusat:own/10.255.0.0/24
add list=terpusat-zone-data_centre address=10.10.0.0/24 comment=terpusat:zone-data_centre/10.10.0.0/24
add list=terpusat-zone-offices address=10.20.0.0/23 comment=terpusat:zone-offices/10.20.0.0/23
add list=terpusat-zone-offices address=10.20.2.0/24 comment=terpusat:zone-offices/10.20.2.0/24
add list=terpusat-zone-transit address=10.254.0.0/24 comment=terpusat:zone-transit/10.254.0.0/24
add list=terpusat-zone-loopback address=10.255.0.0/24 comment=terpusat:zone-loopback/10.255.0.0/24
add list=terpusat-internal-ether1 address=10.10.0.0/24 comment=terpusat:internal-ether1/10.10.0.0/24
add list=terpusat-internal-ether1 address=10.20.0.0/16 comment=terpusat:internal-ether1/10.20.0.0/16
add list=terpusat-internal-ether1 address=10.99.0.0/24 comment=terpusat:internal-ether1/10.99.0.0/24
add list=terpusat-internal-ether1 address=10.254.0.0/24 comment=terpusat:internal-ether1/10.254.0.0/24
add list=terpusat-internal-ether1 address=10.255.0.0/24 comment=terpusat:internal-ether1/10.255.0.0/24
add list=terpusat-nat-ether3 address=10.20.0.0/24 comment=terpusat:nat-ether3/10.20.0.0/24
add list=terpusat-internal-leak-tujuan address=10.10.0.0/24 comment=terpusat:internal-leak-tujuan/10.10.0.0/24
add list=terpusat-internal-leak-tujuan address=10.20.0.0/16 comment=terpusat:internal-leak-tujuan/10.20.0.0/16
add list=terpusat-internal-leak-tujuan address=10.99.0.0/24 comment=terpusat:internal-leak-tujuan/10.99.0.0/24
add list=terpusat-internal-leak-tujuan address=10.254.0.0/24 comment=terpusat:internal-leak-tujuan/10.254.0.0/24
add list=terpusat-internal-leak-tujuan address=10.255.0.0/24 comment=terpusat:internal-leak-tujuan/10.255.0.0/24
add list=terpusat-office-devices-tujuan address=10.254.0.0/24 comment=terpusat:office-devices-tujuan/10.254.0.0/24
add list=terpusat-office-devices-tujuan address=10.255.0.0/24 comment=terpusat:office-devices-tujuan/10.255.0.0/24
/ip service
set telnet disabled=yes
set ftp disabled=yes
set www disabled=yes
set www-ssl disabled=yes
set api disabled=yes
set api-ssl disabled=yes
set winbox disabled=yes
set ssh disabled=no address=10.99.0.1/32
/ip ssh
set strong-crypto=yes forwarding-enabled=no
/tool mac-server
set allowed-interface-list=none
/tool mac-server mac-winbox
set allowed-interface-list=none
/tool mac-server ping
set enabled=no
/tool bandwidth-server
set enabled=no
/tool romon
set enabled=no
/ip proxy
set enabled=no
/ip socks
set enabled=no
/ip upnp
set enabled=no
/ip smb
set enabled=no
/ip cloud
set update-time=no
/ip neighbor discovery-settings
set discover-interface-list=terpusat-link
/ip settings
set ip-forward=yes rp-filter=loose accept-redirects=no send-redirects=no accept-source-route=no tcp-syncookies=yes
/user group
add name=terpusat-baca policy=local,ssh,read,test,winbox,web
/user
add name=bowo group=terpusat-baca comment="terpusat:akun-bowo Bowo Santoso"
add name=ratna group=full password=kata-sandi-rd-77 comment="terpusat:akun-ratna Ratna Dewi"
add name=tono group=full comment=terpusat:akun-tono
/user ssh-keys
/system clock
set time-zone-autodetect=no time-zone-name=Asia/Jakarta
/system ntp client
set enabled=yes primary-ntp=198.51.100.123 secondary-ntp=0.0.0.0
/system logging action
add name=terpusat1 target=remote remote=10.10.0.12 src-address=10.255.0.3 syslog-facility=local7
/system logging
add action=terpusat1 topics=critical
add action=terpusat1 topics=error
add action=terpusat1 topics=warning
add action=terpusat1 topics=info
/snmp community
set [find default=yes] disabled=yes
add name=pantau security=private authentication-protocol=SHA1 authentication-password=sandi-snmp-auth-uji encryption-protocol=AES encryption-password=sandi-snmp-priv-uji addresses=10.10.0.12/32 read-access=yes write-access=no comment=terpusat:snmp
/snmp
set enabled=yes location=dinkes/kantor
/ip pool
add name=terpusat-ether2 ranges=10.20.0.100-10.20.0.249
/ip dhcp-server
add name=terpusat-ether2 interface=ether2 address-pool=terpusat-ether2 lease-time=3600s disabled=no
/ip dhcp-server network
add address=10.20.0.0/24 gateway=10.20.0.1 dns-server=10.20.0.1 domain=lab.go.id comment=terpusat:ether2
/ip dns
set servers=10.255.0.1,198.51.100.55 allow-remote-requests=yes
/ip dns static
/routing ospf instance
add name=terpusat router-id=10.255.0.3 comment=terpusat:ospf
/routing ospf area
add name=terpusat-0.0.0.0 area-id=0.0.0.0 instance=terpusat comment=terpusat:area-0.0.0.0
/routing ospf interface
add interface=ether1 network-type=point-to-point hello-interval=5s dead-interval=20s authentication=md5 authentication-key-id=1 authentication-key=kunci-ospf-uji comment=terpusat:ether1
add interface=ether2 passive=yes comment=terpusat:ether2
add interface=lo0 passive=yes comment=terpusat:lo
/routing ospf network
add network=10.254.0.4/30 area=terpusat-0.0.0.0 comment=terpusat:ether1
add network=10.20.0.0/24 area=terpusat-0.0.0.0 comment=terpusat:ether2
add network=10.255.0.3/32 area=terpusat-0.0.0.0 comment=terpusat:lo
/ip route
add dst-address=198.51.100.10/32 gateway=203.0.113.9 scope=10 comment="terpusat:pin/198.51.100.10 hanya lewat dinkes-lama"
add dst-address=198.51.100.55/32 gateway=203.0.113.9 scope=10 comment="terpusat:pin/198.51.100.55 hanya lewat dinkes-lama"
add gateway=198.51.100.55 check-gateway=ping distance=200 comment=terpusat:dinkes-lama/0.0.0.0/0/198.51.100.55
add gateway=198.51.100.10 check-gateway=ping distance=200 comment=terpusat:dinkes-lama/0.0.0.0/0/198.51.100.10
/ip firewall nat
add chain=srcnat action=src-nat to-addresses=203.0.113.10 out-interface=ether3 src-address-list=terpusat-nat-ether3 comment=terpusat:ether3
/ip firewall mangle
add chain=forward action=change-mss new-mss=clamp-to-pmtu protocol=tcp tcp-flags=syn comment="terpusat:mss jalur dengan MTU lebih kecil"
add chain=forward action=mark-packet new-packet-mark=terpusat-ether1-101 passthrough=no out-interface=ether1 src-address=10.20.0.0/24 dst-address-list=!terpusat-internal-ether1 comment="terpusat:ether1/101/10.20.0.0/24 dinkes"
/queue type
add name=terpusat kind=sfq
/queue tree
add name=terpusat-ether1-101 parent=ether1 packet-mark=terpusat-ether1-101 limit-at=20000000 max-limit=20000000 priority=1 queue=terpusat comment="terpusat:ether1/101 dinkes"
/ip firewall raw
add chain=prerouting action=drop in-interface=!ether5 dst-address=10.99.0.21 comment="terpusat:management alamat kelola hanya lewat port kelola"
add chain=prerouting action=accept in-interface=ether2 src-address=0.0.0.0 protocol=udp src-port=68 dst-port=67 comment="terpusat:dhcp-ether2 PC yang belum punya alamat"
add chain=prerouting action=drop in-interface=ether2 src-address=!10.20.0.0/24 comment="terpusat:ether2-asing alamat asal palsu"
add chain=prerouting action=drop in-interface=!ether2 src-address=10.20.0.0/24 comment="terpusat:ether2-tiruan mengaku dari sini"
add chain=prerouting action=drop in-interface-list=terpusat-uplink src-address-list=terpusat-own comment="terpusat:uplink mengaku jaringan kita"
/ip firewall filter
add chain=input action=accept connection-state=established,related comment=terpusat:input/established
add chain=input action=drop connection-state=invalid comment=terpusat:input/invalid
add chain=input action=accept src-address=127.0.0.1 dst-address=127.0.0.1 comment=terpusat:input/loopback
add chain=input action=accept in-interface=ether5 src-address-list=terpusat-management protocol=tcp dst-port=22 comment=terpusat:input/management/ssh/tcp
add chain=input action=accept in-interface=ether5 src-address-list=terpusat-management protocol=icmp icmp-options=8:0 comment=terpusat:input/management/ping
add chain=input action=drop in-interface=ether5 comment=terpusat:input/management
add chain=input action=accept in-interface=ether2 protocol=udp src-port=68 dst-port=67 comment=terpusat:input/dhcp/ether2
add chain=input action=accept in-interface=ether1 src-address=10.254.0.0/24 protocol=ospf comment=terpusat:input/ospf/ether1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-data_centre dst-address=10.255.0.3 protocol=udp dst-port=161 comment=terpusat:input/snmp/udp/data_centre/10.255.0.3
add chain=input action=accept in-interface=ether2 src-address=10.20.0.0/24 dst-address=10.20.0.1 protocol=udp dst-port=53 comment=terpusat:input/dns/udp/offices/10.20.0.1
add chain=input action=accept in-interface=ether2 src-address=10.20.0.0/24 dst-address=10.20.0.1 protocol=tcp dst-port=53 comment=terpusat:input/dns/tcp/offices/10.20.0.1
add chain=input action=accept in-interface=ether2 src-address=10.20.0.0/24 dst-address=10.20.0.1 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/offices/10.20.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.255.0.3 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/transit/10.255.0.3
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.254.0.6 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/transit/10.254.0.6
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.255.0.3 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/loopback/10.255.0.3
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.254.0.6 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/loopback/10.254.0.6
add chain=input action=log limit=6/1m,12:packet log-prefix="terpusat masuk" comment=terpusat:input/log
add chain=input action=drop comment=terpusat:input/lain
add chain=forward action=drop in-interface=ether5 comment=terpusat:forward/management-in
add chain=forward action=drop out-interface=ether5 comment=terpusat:forward/management-out
add chain=forward action=accept connection-state=established,related comment=terpusat:forward/established
add chain=forward action=drop connection-state=invalid comment=terpusat:forward/invalid
add chain=forward action=drop out-interface=ether3 dst-address-list=terpusat-internal-leak-tujuan comment=terpusat:forward/internal-leak
add chain=forward action=drop in-interface=ether2 src-address=10.20.0.0/24 dst-address=10.20.0.0/16 comment=terpusat:forward/office-offices
add chain=forward action=drop in-interface=ether2 src-address=10.20.0.0/24 dst-address=10.99.0.0/24 comment=terpusat:forward/office-management
add chain=forward action=drop in-interface=ether2 src-address=10.20.0.0/24 dst-address-list=terpusat-office-devices-tujuan comment=terpusat:forward/office-devices
add chain=forward action=accept in-interface=ether2 out-interface=ether1 src-address=10.20.0.0/24 dst-address=10.10.0.0/24 comment=terpusat:forward/office-data-centre
add chain=forward action=accept in-interface=ether2 out-interface-list=terpusat-office-internet-keluar src-address=10.20.0.0/24 comment=terpusat:forward/office-internet
add chain=forward action=log limit=6/1m,12:packet log-prefix="terpusat terus" comment=terpusat:forward/log
add chain=forward action=reject reject-with=icmp-admin-prohibited in-interface-list=terpusat-inside comment=terpusat:forward/inside
add chain=forward action=drop comment=terpusat:forward/lain
