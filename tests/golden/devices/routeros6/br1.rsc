# Dikelola Terpusat (peran border_router). Ubah register, bukan perangkat ini.
/interface bonding
add name=bond1 slaves=ether2,ether4 mode=802.3ad lacp-rate=1sec transmit-hash-policy=layer-3-and-4 comment="terpusat:bond1 core1:bond1"
/interface gre
add name=vpn103 local-address=203.0.113.2 remote-address=203.0.113.14 mtu=1400 allow-fast-path=no !keepalive comment="terpusat:vpn103 rt-satpolpp"
/ip ipsec profile
add name=terpusat hash-algorithm=sha256 enc-algorithm=aes-256 dh-group=modp2048
/ip ipsec proposal
add name=terpusat auth-algorithms=sha256 enc-algorithms=aes-256-cbc pfs-group=modp2048
/ip ipsec peer
add name=vpn103 address=203.0.113.14/32 local-address=203.0.113.2 exchange-mode=ike2 profile=terpusat comment="terpusat:vpn103 rt-satpolpp"
/ip ipsec identity
add peer=vpn103 secret="wXOs6duoaBg6+UECzDFE/KjgblHytYALmV62GeBpgKA=" comment="terpusat:vpn103 rt-satpolpp"
/ip ipsec policy
add src-address=203.0.113.2/32 dst-address=203.0.113.14/32 protocol=gre peer=vpn103 proposal=terpusat comment="terpusat:vpn103 rt-satpolpp"
/system identity
set name=br1
/interface bridge
add name=lo0 protocol-mode=none comment="terpusat:lo0 alamat perangkat sendiri"
/interface vlan
/ip address
add address=10.255.0.1/32 interface=lo0 comment=terpusat:lo0
add address=203.0.113.2/30 interface=ether1 comment="terpusat:ether1 isp-a PT Penyedia Rekaan A"
add address=203.0.113.6/30 interface=ether3 comment="terpusat:ether3 isp-b PT Penyedia Rekaan C"
add address=10.254.0.2/30 interface=bond1 comment="terpusat:bond1 core1:bond1"
add address=10.254.0.13/30 interface=vpn103 comment="terpusat:vpn103 VPN rt-satpolpp lewat satpolpp-starlink"
/ip dhcp-client
/interface list
add name=terpusat-link comment=terpusat:terpusat-link
add name=terpusat-uplink comment=terpusat:terpusat-uplink
add name=terpusat-inside comment=terpusat:terpusat-inside
add name=terpusat-internal-leak-keluar comment=terpusat:terpusat-internal-leak-keluar
add name=terpusat-offices-internet-masuk comment=terpusat:terpusat-offices-internet-masuk
/interface list member
add list=terpusat-link interface=bond1 comment=terpusat:terpusat-link/bond1
add list=terpusat-link interface=vpn103 comment=terpusat:terpusat-link/vpn103
add list=terpusat-uplink interface=ether1 comment=terpusat:terpusat-uplink/ether1
add list=terpusat-uplink interface=ether3 comment=terpusat:terpusat-uplink/ether3
add list=terpusat-inside interface=bond1 comment=terpusat:terpusat-inside/bond1
add list=terpusat-inside interface=vpn103 comment=terpusat:terpusat-inside/vpn103
add list=terpusat-internal-leak-keluar interface=ether1 comment=terpusat:terpusat-internal-leak-keluar/ether1
add list=terpusat-internal-leak-keluar interface=ether3 comment=terpusat:terpusat-internal-leak-keluar/ether3
add list=terpusat-offices-internet-masuk interface=bond1 comment=terpusat:terpusat-offices-internet-masuk/bond1
add list=terpusat-offices-internet-masuk interface=vpn103 comment=terpusat:terpusat-offices-internet-masuk/vpn103
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
add list=terpusat-zone-transit address=10.254.0.0/24 comment=terpusat:zone-transit/10.254.0.0/24
add list=terpusat-zone-loopback address=10.255.0.0/24 comment=terpusat:zone-loopback/10.255.0.0/24
add list=terpusat-nat-ether1 address=10.10.0.0/24 comment=terpusat:nat-ether1/10.10.0.0/24
add list=terpusat-nat-ether1 address=10.20.0.0/23 comment=terpusat:nat-ether1/10.20.0.0/23
add list=terpusat-nat-ether1 address=10.20.2.0/24 comment=terpusat:nat-ether1/10.20.2.0/24
add list=terpusat-nat-ether1 address=10.20.254.0/24 comment=terpusat:nat-ether1/10.20.254.0/24
add list=terpusat-nat-ether1 address=10.254.0.0/24 comment=terpusat:nat-ether1/10.254.0.0/24
add list=terpusat-nat-ether1 address=10.255.0.0/24 comment=terpusat:nat-ether1/10.255.0.0/24
add list=terpusat-nat-ether3 address=10.10.0.0/24 comment=terpusat:nat-ether3/10.10.0.0/24
add list=terpusat-nat-ether3 address=10.20.0.0/23 comment=terpusat:nat-ether3/10.20.0.0/23
add list=terpusat-nat-ether3 address=10.20.2.0/24 comment=terpusat:nat-ether3/10.20.2.0/24
add list=terpusat-nat-ether3 address=10.20.254.0/24 comment=terpusat:nat-ether3/10.20.254.0/24
add list=terpusat-nat-ether3 address=10.254.0.0/24 comment=terpusat:nat-ether3/10.254.0.0/24
add list=terpusat-nat-ether3 address=10.255.0.0/24 comment=terpusat:nat-ether3/10.255.0.0/24
add list=terpusat-internal-leak-tujuan address=10.10.0.0/24 comment=terpusat:internal-leak-tujuan/10.10.0.0/24
add list=terpusat-internal-leak-tujuan address=10.20.0.0/16 comment=terpusat:internal-leak-tujuan/10.20.0.0/16
add list=terpusat-internal-leak-tujuan address=10.99.0.0/24 comment=terpusat:internal-leak-tujuan/10.99.0.0/24
add list=terpusat-internal-leak-tujuan address=10.254.0.0/24 comment=terpusat:internal-leak-tujuan/10.254.0.0/24
add list=terpusat-internal-leak-tujuan address=10.255.0.0/24 comment=terpusat:internal-leak-tujuan/10.255.0.0/24
add list=terpusat-offices-internet-asal address=10.20.0.0/23 comment=terpusat:offices-internet-asal/10.20.0.0/23
add list=terpusat-offices-internet-asal address=10.20.2.0/24 comment=terpusat:offices-internet-asal/10.20.2.0/24
add list=terpusat-devices-time-asal address=10.254.0.0/24 comment=terpusat:devices-time-asal/10.254.0.0/24
add list=terpusat-devices-time-asal address=10.255.0.0/24 comment=terpusat:devices-time-asal/10.255.0.0/24
add list=terpusat-tunnel-core-asal address=10.20.2.0/24 comment=terpusat:tunnel-core-asal/10.20.2.0/24
add list=terpusat-tunnel-core-asal address=10.254.0.0/24 comment=terpusat:tunnel-core-asal/10.254.0.0/24
add list=terpusat-tunnel-core-asal address=10.255.0.0/24 comment=terpusat:tunnel-core-asal/10.255.0.0/24
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
add name=terpusat1 target=remote remote=10.10.0.12 src-address=10.255.0.1 syslog-facility=local7
/system logging
add action=terpusat1 topics=critical
add action=terpusat1 topics=error
add action=terpusat1 topics=warning
add action=terpusat1 topics=info
/snmp community
set [find default=yes] disabled=yes
add name=pantau security=private authentication-protocol=SHA1 authentication-password=sandi-snmp-auth-uji encryption-protocol=AES encryption-password=sandi-snmp-priv-uji addresses=10.10.0.12/32 read-access=yes write-access=no comment=terpusat:snmp
/snmp
set enabled=yes location=kominfo/dc
/ip dns
set servers=198.51.100.53,198.51.100.54 allow-remote-requests=yes
/ip dns static
add name=portal.lab.go.id address=10.10.0.12 comment=terpusat:portal.lab.go.id
add name=simpus.lab.go.id address=10.10.0.11 comment=terpusat:simpus.lab.go.id
/routing ospf instance
add name=terpusat router-id=10.255.0.1 distribute-default=if-installed-as-type-2 comment=terpusat:ospf
/routing ospf area
add name=terpusat-0.0.0.0 area-id=0.0.0.0 instance=terpusat comment=terpusat:area-0.0.0.0
/routing ospf interface
add interface=bond1 network-type=point-to-point hello-interval=5s dead-interval=20s authentication=md5 authentication-key-id=1 authentication-key=kunci-ospf-uji comment=terpusat:bond1
add interface=vpn103 network-type=point-to-point hello-interval=5s dead-interval=20s authentication=md5 authentication-key-id=1 authentication-key=kunci-ospf-uji comment=terpusat:vpn103
add interface=lo0 passive=yes comment=terpusat:lo
/routing ospf network
add network=10.254.0.0/30 area=terpusat-0.0.0.0 comment=terpusat:bond1
add network=10.254.0.12/30 area=terpusat-0.0.0.0 comment=terpusat:vpn103
add network=10.255.0.1/32 area=terpusat-0.0.0.0 comment=terpusat:lo
/ip route
add dst-address=198.51.100.10/32 gateway=203.0.113.1 scope=10 comment="terpusat:pin/198.51.100.10 hanya lewat isp-a"
add dst-address=198.51.100.53/32 gateway=203.0.113.1 scope=10 comment="terpusat:pin/198.51.100.53 hanya lewat isp-a"
add dst-address=198.51.100.54/32 gateway=203.0.113.5 scope=10 comment="terpusat:pin/198.51.100.54 hanya lewat isp-b"
add gateway=198.51.100.53 check-gateway=ping distance=10 comment=terpusat:isp-a/0.0.0.0/0/198.51.100.53
add gateway=198.51.100.10 check-gateway=ping distance=10 comment=terpusat:isp-a/0.0.0.0/0/198.51.100.10
add gateway=198.51.100.54 check-gateway=ping distance=11 comment=terpusat:isp-b/0.0.0.0/0/198.51.100.54
/routing filter
/routing bgp instance
/routing bgp network
/routing bgp peer
/ip firewall nat
add chain=srcnat action=src-nat to-addresses=203.0.113.2 out-interface=ether1 src-address-list=terpusat-nat-ether1 comment=terpusat:ether1
add chain=srcnat action=src-nat to-addresses=203.0.113.6 out-interface=ether3 src-address-list=terpusat-nat-ether3 comment=terpusat:ether3
/ip firewall mangle
add chain=forward action=change-mss new-mss=clamp-to-pmtu protocol=tcp tcp-flags=syn comment="terpusat:mss jalur dengan MTU lebih kecil"
add chain=forward action=mark-packet new-packet-mark=terpusat-bond1-isp-b-101 passthrough=no in-interface=ether3 out-interface=bond1 dst-address=10.20.0.0/24 comment="terpusat:bond1/isp-b/101/10.20.0.0/24 dinkes"
add chain=forward action=mark-packet new-packet-mark=terpusat-bond1-isp-b-102 passthrough=no in-interface=ether3 out-interface=bond1 dst-address=10.20.1.0/24 comment="terpusat:bond1/isp-b/102/10.20.1.0/24 disdik"
add chain=forward action=mark-packet new-packet-mark=terpusat-bond1-isp-b-102 passthrough=no in-interface=ether3 out-interface=bond1 dst-address=10.20.254.0/24 comment="terpusat:bond1/isp-b/102/10.20.254.0/24 disdik"
add chain=forward action=mark-packet new-packet-mark=terpusat-bond1-isp-b-lain passthrough=no in-interface=ether3 out-interface=bond1 comment="terpusat:bond1/isp-b/lain server dan perangkat"
add chain=forward action=mark-packet new-packet-mark=terpusat-vpn103-isp-b-103 passthrough=no in-interface=ether3 out-interface=vpn103 dst-address=10.20.2.0/24 comment="terpusat:vpn103/isp-b/103/10.20.2.0/24 satpolpp"
add chain=forward action=mark-packet new-packet-mark=terpusat-vpn103-isp-b-lain passthrough=no in-interface=ether3 out-interface=vpn103 comment="terpusat:vpn103/isp-b/lain server dan perangkat"
add chain=forward action=mark-packet new-packet-mark=terpusat-bond1-101 passthrough=no out-interface=bond1 dst-address=10.20.0.0/24 comment="terpusat:bond1/101/10.20.0.0/24 dinkes"
add chain=forward action=mark-packet new-packet-mark=terpusat-bond1-102 passthrough=no out-interface=bond1 dst-address=10.20.1.0/24 comment="terpusat:bond1/102/10.20.1.0/24 disdik"
add chain=forward action=mark-packet new-packet-mark=terpusat-bond1-102 passthrough=no out-interface=bond1 dst-address=10.20.254.0/24 comment="terpusat:bond1/102/10.20.254.0/24 disdik"
add chain=forward action=mark-packet new-packet-mark=terpusat-vpn103-103 passthrough=no out-interface=vpn103 dst-address=10.20.2.0/24 comment="terpusat:vpn103/103/10.20.2.0/24 satpolpp"
/queue type
add name=terpusat kind=sfq
/queue tree
add name=terpusat-bond1 parent=bond1 max-limit=200000000 queue=terpusat comment=terpusat:bond1
add name=terpusat-bond1-101 parent=terpusat-bond1 packet-mark=terpusat-bond1-101 limit-at=20000000 max-limit=20000000 priority=1 queue=terpusat comment="terpusat:bond1/101 dinkes"
add name=terpusat-bond1-102 parent=terpusat-bond1 packet-mark=terpusat-bond1-102 limit-at=10000000 max-limit=10000000 priority=6 queue=terpusat comment="terpusat:bond1/102 disdik"
add name=terpusat-bond1-lain parent=terpusat-bond1 packet-mark=no-mark limit-at=170000000 max-limit=200000000 priority=8 queue=terpusat comment="terpusat:bond1/lain server dan perangkat"
add name=terpusat-vpn103 parent=vpn103 max-limit=30000000 queue=terpusat comment=terpusat:vpn103
add name=terpusat-vpn103-103 parent=terpusat-vpn103 packet-mark=terpusat-vpn103-103 limit-at=10000000 max-limit=10000000 priority=7 queue=terpusat comment="terpusat:vpn103/103 satpolpp"
add name=terpusat-vpn103-lain parent=terpusat-vpn103 packet-mark=no-mark limit-at=20000000 max-limit=30000000 priority=8 queue=terpusat comment="terpusat:vpn103/lain server dan perangkat"
add name=terpusat-bond1-isp-b parent=bond1 max-limit=20000000 queue=terpusat comment=terpusat:bond1/isp-b
add name=terpusat-bond1-isp-b-101 parent=terpusat-bond1-isp-b packet-mark=terpusat-bond1-isp-b-101 limit-at=13333333 max-limit=20000000 priority=1 queue=terpusat comment="terpusat:bond1/isp-b/101 dinkes"
add name=terpusat-bond1-isp-b-102 parent=terpusat-bond1-isp-b packet-mark=terpusat-bond1-isp-b-102 limit-at=6666666 max-limit=10000000 priority=6 queue=terpusat comment="terpusat:bond1/isp-b/102 disdik"
add name=terpusat-bond1-isp-b-lain parent=terpusat-bond1-isp-b packet-mark=terpusat-bond1-isp-b-lain limit-at=200000 max-limit=20000000 priority=8 queue=terpusat comment="terpusat:bond1/isp-b/lain server dan perangkat"
add name=terpusat-vpn103-isp-b parent=vpn103 max-limit=20000000 queue=terpusat comment=terpusat:vpn103/isp-b
add name=terpusat-vpn103-isp-b-103 parent=terpusat-vpn103-isp-b packet-mark=terpusat-vpn103-isp-b-103 limit-at=10000000 max-limit=10000000 priority=7 queue=terpusat comment="terpusat:vpn103/isp-b/103 satpolpp"
add name=terpusat-vpn103-isp-b-lain parent=terpusat-vpn103-isp-b packet-mark=terpusat-vpn103-isp-b-lain limit-at=10000000 max-limit=20000000 priority=8 queue=terpusat comment="terpusat:vpn103/isp-b/lain server dan perangkat"
/ip firewall raw
add chain=prerouting action=drop in-interface=!ether16 dst-address=10.99.0.11 comment="terpusat:management alamat kelola hanya lewat port kelola"
add chain=prerouting action=drop in-interface-list=terpusat-uplink src-address-list=terpusat-own comment="terpusat:uplink mengaku jaringan kita"
/ip firewall filter
add chain=input action=accept connection-state=established,related comment=terpusat:input/established
add chain=input action=drop connection-state=invalid comment=terpusat:input/invalid
add chain=input action=accept src-address=127.0.0.1 dst-address=127.0.0.1 comment=terpusat:input/loopback
add chain=input action=accept in-interface=ether16 src-address-list=terpusat-management protocol=tcp dst-port=22 comment=terpusat:input/management/ssh/tcp
add chain=input action=accept in-interface=ether16 src-address-list=terpusat-management protocol=icmp icmp-options=8:0 comment=terpusat:input/management/ping
add chain=input action=drop in-interface=ether16 comment=terpusat:input/management
add chain=input action=accept in-interface=bond1 src-address=10.254.0.0/24 protocol=ospf comment=terpusat:input/ospf/bond1
add chain=input action=accept in-interface=vpn103 src-address=10.254.0.0/24 protocol=ospf comment=terpusat:input/ospf/vpn103
add chain=input action=accept in-interface=ether1 src-address=203.0.113.14 protocol=udp dst-port=500,4500 comment="terpusat:input/vpn/vpn103/ike rt-satpolpp"
add chain=input action=accept in-interface=ether1 src-address=203.0.113.14 protocol=ipsec-esp comment="terpusat:input/vpn/vpn103/esp rt-satpolpp"
add chain=input action=accept in-interface=ether1 src-address=203.0.113.14 protocol=gre ipsec-policy=in,ipsec comment="terpusat:input/vpn/vpn103/gre rt-satpolpp"
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-data_centre dst-address=10.255.0.1 protocol=udp dst-port=161 comment=terpusat:input/snmp/udp/data_centre/10.255.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-data_centre dst-address=10.255.0.1 protocol=udp dst-port=53 comment=terpusat:input/dns/udp/data_centre/10.255.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.255.0.1 protocol=udp dst-port=53 comment=terpusat:input/dns/udp/transit/10.255.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.255.0.1 protocol=udp dst-port=53 comment=terpusat:input/dns/udp/loopback/10.255.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-data_centre dst-address=10.255.0.1 protocol=tcp dst-port=53 comment=terpusat:input/dns/tcp/data_centre/10.255.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.255.0.1 protocol=tcp dst-port=53 comment=terpusat:input/dns/tcp/transit/10.255.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.255.0.1 protocol=tcp dst-port=53 comment=terpusat:input/dns/tcp/loopback/10.255.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-data_centre dst-address=10.255.0.1 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/data_centre/10.255.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-data_centre dst-address=10.254.0.2 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/data_centre/10.254.0.2
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-data_centre dst-address=10.254.0.13 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/data_centre/10.254.0.13
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.255.0.1 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/transit/10.255.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.254.0.2 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/transit/10.254.0.2
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-transit dst-address=10.254.0.13 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/transit/10.254.0.13
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.255.0.1 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/loopback/10.255.0.1
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.254.0.2 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/loopback/10.254.0.2
add chain=input action=accept in-interface-list=terpusat-link src-address-list=terpusat-zone-loopback dst-address=10.254.0.13 protocol=icmp icmp-options=8:0 limit=50,100:packet comment=terpusat:input/ping/loopback/10.254.0.13
add chain=input action=log limit=6/1m,12:packet log-prefix="terpusat masuk" comment=terpusat:input/log
add chain=input action=drop comment=terpusat:input/lain
add chain=forward action=drop in-interface=ether16 comment=terpusat:forward/management-in
add chain=forward action=drop out-interface=ether16 comment=terpusat:forward/management-out
add chain=forward action=accept connection-state=established,related comment=terpusat:forward/established
add chain=forward action=drop connection-state=invalid comment=terpusat:forward/invalid
add chain=forward action=drop out-interface-list=terpusat-internal-leak-keluar dst-address-list=terpusat-internal-leak-tujuan comment=terpusat:forward/internal-leak
add chain=forward action=accept in-interface-list=terpusat-offices-internet-masuk out-interface-list=terpusat-internal-leak-keluar src-address-list=terpusat-offices-internet-asal comment=terpusat:forward/offices-internet
add chain=forward action=accept in-interface-list=terpusat-offices-internet-masuk out-interface-list=terpusat-internal-leak-keluar src-address=10.20.254.0/24 comment=terpusat:forward/wifi-internet
add chain=forward action=accept in-interface-list=terpusat-offices-internet-masuk out-interface-list=terpusat-internal-leak-keluar src-address=10.10.0.0/24 dst-address=198.51.100.123/32 protocol=udp dst-port=123 comment=terpusat:forward/data-centre-time
add chain=forward action=accept in-interface-list=terpusat-offices-internet-masuk out-interface-list=terpusat-internal-leak-keluar src-address-list=terpusat-devices-time-asal dst-address=198.51.100.123/32 protocol=udp dst-port=123 comment=terpusat:forward/devices-time
add chain=forward action=accept in-interface=vpn103 out-interface=bond1 src-address-list=terpusat-tunnel-core-asal dst-address-list=terpusat-internal-leak-tujuan comment=terpusat:forward/tunnel-core
add chain=forward action=accept in-interface=bond1 out-interface=vpn103 src-address-list=terpusat-internal-leak-tujuan dst-address-list=terpusat-tunnel-core-asal comment=terpusat:forward/core-tunnel
add chain=forward action=log limit=6/1m,12:packet log-prefix="terpusat terus" comment=terpusat:forward/log
add chain=forward action=reject reject-with=icmp-admin-prohibited in-interface-list=terpusat-inside comment=terpusat:forward/inside
add chain=forward action=drop comment=terpusat:forward/lain
