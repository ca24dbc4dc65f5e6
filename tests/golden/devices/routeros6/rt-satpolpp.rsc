# Dikelola Terpusat (peran opd_router). Ubah register, bukan perangkat ini.
/interface bonding
/interface gre
add name=vpn103 local-address=203.0.113.14 remote-address=203.0.113.2 mtu=1400 allow-fast-path=no !keepalive comment="terpusat:vpn103 br1"
/ip ipsec profile
add name=terpusat hash-algorithm=sha256 enc-algorithm=aes-256 dh-group=modp2048
/ip ipsec proposal
add name=terpusat auth-algorithms=sha256 enc-algorithms=aes-256-cbc pfs-group=modp2048
/ip ipsec peer
add name=vpn103 address=203.0.113.2/32 local-address=203.0.113.14 exchange-mode=ike2 profile=terpusat comment="terpusat:vpn103 br1"
/ip ipsec identity
add peer=vpn103 secret="wXOs6duoaBg6+UECzDFE/KjgblHytYALmV62GeBpgKA=" comment="terpusat:vpn103 br1"
/ip ipsec policy
add src-address=203.0.113.14/32 dst-address=203.0.113.2/32 protocol=gre peer=vpn103 proposal=terpusat comment="terpusat:vpn103 br1"
/ip route
add dst-address=203.0.113.2/32 gateway=203.0.113.13 comment="terpusat:vpn/203.0.113.2 hanya lewat satpolpp-starlink"
add dst-address=203.0.113.2/32 type=blackhole distance=250 comment="terpusat:vpn/203.0.113.2/buntu tidak lewat terowongannya sendiri"
/system identity
set name=rt-satpolpp
/interface bridge
add name=lo0 protocol-mode=none comment="terpusat:lo0 alamat perangkat sendiri"
/interface vlan
/ip address
add address=10.255.0.5/32 interface=lo0 comment=terpusat:lo0
add address=203.0.113.14/30 interface=ether1 comment="terpusat:ether1 satpolpp-starlink PT Penyedia Rekaan D"
add address=10.254.0.14/30 interface=vpn103 comment="terpusat:vpn103 VPN br1 lewat satpolpp-starlink"
add address=10.20.2.1/24 interface=ether2 comment="terpusat:ether2 LAN satpolpp/kantor"
/ip dhcp-client
/interface list
add name=terpusat-link comment=terpusat:terpusat-link
add name=terpusat-uplink comment=terpusat:terpusat-uplink
add name=terpusat-inside comment=terpusat:terpusat-inside
add name=terpusat-office-internet-keluar comment=terpusat:terpusat-office-internet-keluar
/interface list member
add list=terpusat-link interface=vpn103 comment=terpusat:terpusat-link/vpn103
add list=terpusat-uplink interface=ether1 comment=terpusat:terpusat-uplink/ether1
add list=terpusat-inside interface=vpn103 comment=terpusat:terpusat-inside/vpn103
add list=terpusat-inside interface=ether2 comment=terpusat:terpusat-inside/ether2
add list=terpusat-office-internet-keluar interface=ether1 comment=terpusat:terpusat-office-internet-keluar/ether1
add list=terpusat-office-internet-keluar interface=vpn103 comment=terpusat:terpusat-office-internet-keluar/vpn103
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
add list=terpusat-internal-vpn103 address=10.10.0.0/24 comment=terpusat:internal-vpn103/10.10.0.0/24
add list=terpusat-internal-vpn103 address=10.20.0.0/16 comment=terpusat:internal-vpn103/10.20.0.0/16
add list=terpusat-internal-vpn103 address=10.99.0.0/24 comment=terpusat:internal-vpn103/10.99.0.0/24
add list=terpusat-internal-vpn103 address=10.254.0.0/24 comment=terpusat:internal-vpn103/10.254.0.0/24
add list=terpusat-internal-vpn103 address=10.255.0.0/24 comment=terpusat:internal-vpn103/10.255.0.0/24
add list=terpusat-nat-ether1 address=10.20.2.0/24 comment=terpusat:nat-ether1/10.20.2.0/24
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
add name=terpusat1 target=remote remote=10.10.0.12 src-address=10.255.0.5 syslog-facility=local7
/system logging
add action=terpusat1 topics=critical
add action=terpusat1 topics=error
add action=terpusat1 topics=warning
add action=terpusat1 topics=info
/snmp community
set [find default=yes] disabled=yes
add name=pantau security=private authentication-protocol=SHA1 authentication-password=sandi-snmp-auth-uji encryption-protocol=AES encryption-password=sandi-snmp-priv-uji addresses=10.10.0.12/32 read-access=yes write-access=no comment=terpusat:snmp
/snmp
set enabled=yes location=satpolpp/kantor
/ip pool
add name=terpusat-ether2 ranges=10.20.2.100-10.20.2.249
/ip dhcp-server
add name=terpusat-ether2 interface=ether2 address-pool=terpusat-ether2 lease-time=3600s disabled=no
/ip dhcp-server network
add address=10.20.2.0/24 gateway=10.20.2.1 dns-server=10.20.2.1 domain=lab.go.id comment=terpusat:ether2
/ip dns
set servers=10.255.0.1,198.51.100.56 allow-remote-requests=yes
/ip dns static
/routing ospf instance
add name=terpusat router-id=10.255.0.5 comment=terpusat:ospf
/routing ospf area
add name=terpusat-0.0.0.0 area-id=0.0.0.0 instance=terpusat comment=terpusat:area-0.0.0.0
/routing ospf interface
add interface=vpn103 network-type=point-to-point hello-interval=5s dead-interval=20s authentication=md5 authentication-key-id=1 authentication-key=kunci-ospf-uji comment=terpusat:vpn103
add interface=ether2 passive=yes comment=terpusat:ether2
add interface=lo0 passive=yes comment=terpusat:lo
/routing ospf network
add network=10.254.0.12/30 area=terpusat-0.0.0.0 comment=terpusat:vpn103
add network=10.20.2.0/24 area=terpusat-0.0.0.0 comment=terpusat:ether2
add network=10.255.0.5/32 area=terpusat-0.0.0.0 comment=terpusat:lo
/ip route
add dst-address=198.51.100.56/32 gateway=203.0.113.13 scope=10 comment="terpusat:pin/198.51.100.56 hanya lewat satpolpp-starlink"
add gateway=203.0.113.13 check-gateway=ping distance=200 comment=terpusat:satpolpp-starlink/0.0.0.0/0/203.0.113.13
/ip firewall nat
add chain=srcnat action=src-nat to-addresses=203.0.113.14 out-interface=ether1 src-address-list=terpusat-nat-ether1 comment=terpusat:ether1
/ip firewall mangle
add chain=forward action=change-mss new-mss=clamp-to-pmtu protocol=tcp tcp-flags=syn comment="terpusat:mss jalur dengan MTU lebih kecil"
add chain=forward action=mark-packet new-packet-mark=terpusat-vpn103-103 passthrough=no out-interface=vpn103 src-address=10.20.2.0/24 dst-address-list=!terpusat-internal-vpn103 comment="terpusat:vpn103/103/10.20.2.0/24 satpolpp"
/queue type
add name=terpusat kind=sfq
/queue tree
add name=terpusat-vpn103-103 parent=vpn103 packet-mark=terpusat-vpn103-103 limit-at=10000000 max-limit=10000000 priority=7 queue=terpusat comment="terpusat:vpn103/103 satpolpp"
/ip firewall raw
add chain=prerouting action=drop in-interface=!ether5 dst-address=10.99.0.23 comment="terpusat:management alamat kelola hanya lewat port kelola"
add chain=prerouting action=accept in-interface=ether2 src-address=0.0.0.0 protocol=udp src-port=68 dst-port=67 comment="terpusat:dhcp-ether2 PC yang belum punya alamat"
add chain=prerouting action=drop in-interface=ether2 src-address=!10.20.2.0/24 comment="terpusat:ether2-asing alamat asal palsu"
add chain=prerouting action=drop in-interface=!ether2 src-address=10.20.2.0/24 comment="terpusat:ether2-tiruan mengaku dari sini"
add chain=prerouting action=drop in-interface-list=terpusat-uplink src-address-list=terpusat-own comment="terpusat:uplink mengaku jaringan kita"
/ip firewall filter
add chain=input action=accept connection-state=established,related comment=terpusat:input/established
add chain=input action=drop connection-state=invalid comment=terpusat:input/invalid
add chain=input action=accept src-address=127.0.0.1 dst-address=127.0.0.1 comment=terpusat:input/loopback
add chain=input action=accept in-interface=ether5 src-address-list=terpusat-management protocol=tcp dst-port=22 comment=terpusat:input/management/ssh/tcp
add chain=input action=accept in-interface=ether5 src-address-list=terpusat-management protocol=icmp icmp-options=8:0 comment=terpusat:input/management/ping
add chain=input action=drop in-interface=ether5 comment=terpusat:input/management
add chain=input action=accept in-interface=ether2 protocol=udp src-port=68 dst-port=67 comment=terpusat:input/dhcp/ether2
add chain=input action=accept in-interface=vpn103 src-address=10.254.0.0/24 protocol=ospf comment=terpusat:input/ospf/vpn103
add chain=input action=accept in-interface=ether1 src-address=203.0.113.2 protocol=udp dst-port=500,4500 comment="terpusat:input/vpn/vpn103/ike br1"
add chain=input action=accept in-interface=ether1 src-address=203.0.113.2 protocol=ipsec-esp comment="terpusat:input/vpn/vpn103/esp br1"
add chain=input action=accept in-interface=ether1 src-address=203.0.113.2 protocol=gre ipsec-policy=in,ipsec comment="terpusat:input/vpn/vpn103/gre br1"
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-data_centre dst-address=10.255.0.5 protocol=udp dst-port=161 comment=terpusat:input/snmp/udp/data_centre/10.255.0.5
add chain=input action=accept in-interface=ether2 src-address=10.20.2.0/24 dst-address=10.20.2.1 protocol=udp dst-port=53 comment=terpusat:input/dns/udp/offices/10.20.2.1
add chain=input action=accept in-interface=ether2 src-address=10.20.2.0/24 dst-address=10.20.2.1 protocol=tcp dst-port=53 comment=terpusat:input/dns/tcp/offices/10.20.2.1
add chain=input action=accept in-interface=ether2 src-address=10.20.2.0/24 dst-address=10.20.2.1 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/offices/10.20.2.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.255.0.5 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/transit/10.255.0.5
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.254.0.14 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/transit/10.254.0.14
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.255.0.5 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/loopback/10.255.0.5
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.254.0.14 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/loopback/10.254.0.14
add chain=input action=log limit=6/1m,12:packet log-prefix="terpusat masuk" comment=terpusat:input/log
add chain=input action=drop comment=terpusat:input/lain
add chain=forward action=drop in-interface=ether5 comment=terpusat:forward/management-in
add chain=forward action=drop out-interface=ether5 comment=terpusat:forward/management-out
add chain=forward action=accept connection-state=established,related comment=terpusat:forward/established
add chain=forward action=drop connection-state=invalid comment=terpusat:forward/invalid
add chain=forward action=drop out-interface=ether1 dst-address-list=terpusat-internal-leak-tujuan comment=terpusat:forward/internal-leak
add chain=forward action=drop in-interface=ether2 src-address=10.20.2.0/24 dst-address=10.20.0.0/16 comment=terpusat:forward/office-offices
add chain=forward action=drop in-interface=ether2 src-address=10.20.2.0/24 dst-address=10.99.0.0/24 comment=terpusat:forward/office-management
add chain=forward action=drop in-interface=ether2 src-address=10.20.2.0/24 dst-address-list=terpusat-office-devices-tujuan comment=terpusat:forward/office-devices
add chain=forward action=accept in-interface=ether2 out-interface=vpn103 src-address=10.20.2.0/24 dst-address=10.10.0.0/24 comment=terpusat:forward/office-data-centre
add chain=forward action=accept in-interface=ether2 out-interface-list=terpusat-office-internet-keluar src-address=10.20.2.0/24 comment=terpusat:forward/office-internet
add chain=forward action=log limit=6/1m,12:packet log-prefix="terpusat terus" comment=terpusat:forward/log
add chain=forward action=reject reject-with=icmp-admin-prohibited in-interface-list=terpusat-inside comment=terpusat:forward/inside
add chain=forward action=drop comment=terpusat:forward/lain
